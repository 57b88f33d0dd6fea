/** A change that GitHub would refuse, with the HTTP status and words it refuses it with. */

export interface FieldError {
  resource: string;
  field?: string;
  code: string;
  message?: string;
}

export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly (FieldError | string)[];

  constructor(status: number, message: string, errors: readonly (FieldError | string)[] = []) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.errors = errors;
  }
}

/** What was asked for is found elsewhere now. */
export class Moved extends Refusal {
  readonly location: string;

  constructor(location: string) {
    super(301, "Moved Permanently");
    this.location = location;
  }
}

export function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}

export function invalid(...errors: (FieldError | string)[]): Refusal {
  return new Refusal(422, "Validation Failed", errors);
}

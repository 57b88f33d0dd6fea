/** E-mail addresses as people write them in lists: plain ones, without a name around them. */

const address =
  /^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@(?=[A-Za-z0-9.-]{1,255}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

export function isEmailAddress(text: string): boolean {
  return address.test(text);
}

/** The part behind the `@`, in lower case. */
export function domainOf(emailAddress: string): string {
  return emailAddress
    .slice(emailAddress.lastIndexOf("@") + 1)
    .replace(/>.*$/, "")
    .toLowerCase();
}

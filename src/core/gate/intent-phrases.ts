/** Built-in phrases by which comments approve, reject or ask for an edit, and the words that put an approval in doubt. */

import { type IntentLanguage, intentLanguages, type PhrasesBlock } from "../policy/blocks/phrases.ts";

/** Phrases to look for: lower case or not, with or without accents. */
export interface IntentPhrases {
  approve: readonly string[];
  reject: readonly string[];
  edit: readonly string[];
}

/** The built-in phrases of the languages asked for (default all), and the policy's own. */
export function intentPhrases(own: PhrasesBlock = {}): IntentPhrases {
  const languages = (own.languages ?? intentLanguages).map((language) => builtIn[language]);
  return {
    approve: [...languages.flatMap((language) => language.approve), ...(own.approve ?? [])],
    reject: [...languages.flatMap((language) => language.reject), ...(own.reject ?? [])],
    edit: [...languages.flatMap((language) => language.edit), ...(own.edit ?? [])],
  };
}

/** `please rename`, `please don't use`: what is asked for politely. */
const pleaseVerbs =
  "add adjust avoid change check clarify consider correct delete describe document don't drop explain extend extract fix handle improve inline keep make move put refactor remove rename replace revert rewrite simplify split swap test update use".split(
    " ",
  );

const builtIn: Readonly<Record<IntentLanguage, IntentPhrases>> = {
  en: {
    approve: [
      ...["lgtm", "sgtm", "looks good", "looks good to me", "looks great", "looks great to me", "looks fine to me"],
      ...["approve", "approved", "approving", "i approve", "i approve this", "ship it", "shipit", ":shipit:"],
      ...["good to go", "good to merge", "r+", "+1", ":+1:", "👍"],
    ],
    reject: [
      ...["reject", "rejected", "rejecting", "i reject", "i object", "objection", "nack", "-1", ":-1:", "👎"],
      ...["request changes", "requesting changes", "changes requested", "needs work", "do not merge", "don't merge"],
      ...["do not ship", "don't ship", "not approved", "cannot approve", "can't approve", "not ready to merge"],
    ],
    edit: [
      ...pleaseVerbs.map((verb) => `please ${verb}`),
      ...["can you", "could you", "would you mind", "you should", "we should", "should be", "should not be"],
      ...["needs to be", "need to be", "must be", "has to be", "rename", "typo", "nit", "nitpick", "suggestion"],
      ...[
        "consider",
        "i'd prefer",
        "i would prefer",
        "i'd rather",
        "how about",
        "what about",
        "fix this",
        "instead of",
      ],
    ],
  },
  es: {
    approve: [
      ...["aprobar", "aprobado", "aprobada", "apruebo", "lo apruebo", "se ve bien", "me parece bien", "todo bien"],
      ...["todo correcto", "todo en orden", "tiene mi visto bueno", "listo para fusionar", "listo para merge"],
    ],
    reject: [
      ...["rechazar", "rechazado", "rechazada", "rechazo", "lo rechazo", "me opongo", "solicito cambios"],
      ...["necesita cambios", "requiere cambios", "no aprobado", "no apruebo", "no lo apruebo", "no fusionar"],
      ...["no hacer merge", "no esta listo para fusionar"],
    ],
    edit: [
      ...["por favor cambia", "por favor corrige", "por favor renombra", "por favor añade", "por favor agrega"],
      ...[
        "por favor quita",
        "por favor elimina",
        "por favor usa",
        "por favor mueve",
        "cambiar",
        "corregir",
        "renombrar",
      ],
      ...["añadir", "agregar", "quitar", "cambia", "corrige", "renombra", "podrias", "puedes", "deberia", "deberias"],
      ...["habria que", "hay que", "falta", "faltan", "en lugar de", "en vez de", "sugerencia", "errata"],
    ],
  },
};

/** Words that make whatever stands beside them conditional, negated or unsure, in every built-in language. Accents tell `si` (if) from `sí` (yes). */
export const doubts: ReadonlySet<string> = new Set(
  [
    "not no never nor neither without cannot cant dont wont isnt doesnt didnt nothing none hardly barely",
    "if once when after before unless until till but except excepting provided assuming pending although though however otherwise whenever wait",
    "would could should might may maybe perhaps almost nearly probably possibly unsure guess think wonder will later soon first only",
    "ni nunca jamás jamas sin tampoco nada nadie",
    "si cuando después despues antes salvo excepto pero aunque hasta tras mientras siempre",
    "quizás quizas quizá quiza talvez acaso casi podría podria debería deberia sería seria creo espera esperar pendiente luego",
  ].flatMap((line) => line.split(" ")),
);

/** Words that may stand around an approval without changing it. */
export const fillers: ReadonlySet<string> = new Set(
  [
    "a an and the this that these it its is are am i i'm im we to me my for of from from here now all very so also just with",
    "pr change changes code commit diff patch one everything hi hey hello team ok okay yes yep yeah great nice good cool awesome perfect excellent",
    "thanks thank you thx cheers job work love well done fantastic lovely clean",
    "el la los las lo un una y e de del para por mi me yo es está esta este esto estos ya todo muy sí ok vale cambio cambios código codigo",
    "gracias hola equipo genial perfecto excelente bien buen buena trabajo",
    "🎉 🚀 🙂 😀 😄 🙏 ❤ ✨ 💯 🔥 👏 🙌 ✅ :tada: :rocket: :heart: :100: :clap: :fire: :sparkles: :pray:",
  ].flatMap((line) => line.split(" ")),
);

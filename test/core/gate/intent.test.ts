import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Intent, intentOf } from "../../../src/core/gate/intent.ts";
import { intentPhrases } from "../../../src/core/gate/intent-phrases.ts";

const both = intentPhrases();

const rows: [Intent, string[]][] = [
  [
    "approve",
    [
      ...[
        "lgtm",
        "LGTM!",
        "LGTM 👍",
        "Looks good to me.",
        "looks good to me, thanks @maria",
        "Approved",
        "I approve this PR.",
      ],
      ...[
        "+1",
        ":+1:",
        "👍",
        "👍🏽",
        "❤️ lgtm",
        "r+",
        "Ship it! 🚀",
        "ship it",
        "Great work, approved.",
        "Hi team. Approved. Thank you!",
      ],
      ...[
        "aprobar",
        "Aprobado.",
        "¡Aprobado!",
        "Sí, lo apruebo. Gracias",
        "Me parece bien",
        "Se ve bien, buen trabajo",
      ],
      ...["> is this fine?\n\nLGTM", "/holdpoint recheck\nlgtm"],
    ],
  ],
  [
    "ambiguous",
    [
      ...[
        "not lgtm",
        "lgtm if tests pass",
        "LGTM once CI is green",
        "lgtm?",
        "¿aprobar?",
        "Aprobado si pasan las pruebas",
      ],
      ...["lgtm but rename foo", "LGTM, please rename foo", "Almost lgtm", "I don't approve", "I would approve this"],
      ...[
        "LGTM. The auth part worries me.",
        "LGTM for the docs, nack for the code",
        "approve or reject?",
        "please approve",
      ],
      ...[
        "I approve of the idea in general",
        "who can approve",
        "> lgtm",
        "`lgtm`",
        '"lgtm"',
        "“LGTM” he said",
        "«aprobado»",
      ],
      ...["```\nlgtm\n```", "    lgtm", "~~lgtm~~", "<!-- lgtm -->", "lgtm `if` tests pass"],
      ...[
        "I do not reject this",
        "Should we reject this?",
        "I would reject it",
        "reject if it breaks CI",
        "no lgtm",
        "casi aprobado",
      ],
      ...[
        "LGTM. Aber warte noch.",
        "![lgtm](https://example.org/a.png)",
        "l\u200bgtm lgtm",
        "✗ lgtm",
        "do not approve",
      ],
    ],
  ],
  [
    "reject",
    [
      ...[
        "I reject this.",
        "nack",
        "-1",
        "👎",
        "Do not merge",
        "don’t merge yet",
        "Changes requested: the parser drops errors",
      ],
      ...["Rechazado", "No apruebo", "lo rechazo, rompe la API", "I reject this. Why was the parser dropped?"],
      ...["I object. Please use the existing parser.", "necesita cambios"],
    ],
  ],
  [
    "edit",
    [
      ...[
        "please rename foo to bar",
        "Could you rename this?",
        "nit: trailing space",
        "Please don't use var here",
        "typo",
      ],
      ...["this should be private", "¿Podrías renombrar esto?", "Por favor corrige el nombre", "hay que renombrar foo"],
    ],
  ],
  [
    "none",
    [
      ...[
        "",
        "   ",
        "thanks",
        "What does this do?",
        "I tested it on Firefox.",
        "/holdpoint recheck",
        "/approve",
        "disapproved",
      ],
      ...["the approver is away", "> please rename", "see v1.2", "gracias", "unapproved lgtmx", "c++1"],
    ],
  ],
];

describe("what a comment in free text means", () => {
  it.each(rows.flatMap(([intent, texts]) => texts.map((text) => ({ intent, text }))))(
    "$text → $intent",
    ({ intent, text }) => {
      expect(intentOf(text, both)).toBe(intent);
    },
  );

  it("understands only the languages and phrases asked for", () => {
    expect(intentOf("aprobado", intentPhrases({ languages: ["en"] }))).toBe("none");
    expect(intentOf("lgtm", intentPhrases({ languages: ["es"] }))).toBe("none");
    expect(intentOf("lgtm", intentPhrases({ languages: [] }))).toBe("none");
    expect(intentOf("passt so", intentPhrases({ languages: [], approve: ["Passt so"] }))).toBe("approve");
    expect(intentOf("passt so nicht", intentPhrases({ approve: ["passt so"], reject: ["passt so nicht"] }))).toBe(
      "reject",
    );
  });

  it("takes a phrase that stands in two lists for the one that approves least", () => {
    expect(intentOf("hmm", intentPhrases({ approve: ["hmm"], reject: ["hmm"] }))).toBe("reject");
  });

  it("never approves once a word of doubt, a question or an unknown word is put beside an approval", () => {
    const extra = fc.constantFrom(
      "if",
      "not",
      "unless",
      "pero",
      "si",
      "?",
      "wouldn't",
      "xyzzy",
      "`code`",
      "nack",
      "nit",
      "⏳",
    );
    const around = fc.tuple(
      fc.constantFrom("lgtm", "approved", "👍", "aprobado"),
      extra,
      fc.boolean(),
      fc.constantFrom(" ", ", ", ". ", "\n"),
    );
    fc.assert(
      fc.property(around, ([approval, more, isBefore, joint]) => {
        const text = isBefore ? `${more}${joint}${approval}` : `${approval}${joint}${more}`;
        expect(intentOf(text, both)).not.toBe("approve");
      }),
    );
  });

  it("answers for any text, in linear time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        expect(["approve", "reject", "edit", "ambiguous", "none"]).toContain(intentOf(text, both));
      }),
    );
    expect(intentOf("<!-".repeat(20_000), both)).toBe("none");
    expect(intentOf('"'.repeat(65_535), both)).toBe("none");
    expect(intentOf("approve ".repeat(8_000), both)).toBe("approve");
  });
});

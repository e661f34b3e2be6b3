import { EVERYTHING, type Texts } from './sample.ts';

const replaced = (part: keyof Texts, pairs: readonly (readonly [string, string])[]) => ({
  ...EVERYTHING[part],
  text: pairs.reduce((text, [from, to]) => text.replace(from, to), EVERYTHING[part].text),
});

/** A pathway with home care of its own, and with some that a pack brings along. */
export const CARED: Texts = {
  ...EVERYTHING,
  clinic: replaced('clinic', [
    [
      'sources:\n',
      'products:\n  - { product: mild soap, note: No scent. }\n  - { product: zinc cream }\n  - { product: zinc cream for the night }\nsources:\n',
    ],
  ]),
  catalogue: replaced('catalogue', [['procedures:\n', 'care: [home, home-too, wound-care]\nprocedures:\n']]),
  ruleSet: replaced('ruleSet', [
    [
      '  - contraindication: smoking\n',
      `  - contraindication: sore
    title: Sore skin
    when: { rash: includes blisters }
    stops: [procedure, care]
    of: [graft, home]
    strength: relative
    then: postponement
    clears: by facts
    ifUnknown: accept
    tell: [nurse]
    say: Let it rest.
    because: It burns.
    source: protocol
  - contraindication: smoking
`,
    ],
  ]),
  packs: replaced('packs', [
    [
      '  - pack: afterwards\n',
      `  - pack: at-home
    care:
      - { care: wound-care, title: Care of the wound, from: procedure, until: 10 days after procedure, evening: [mild soap, the ointment], say: Keep it dry. }
  - pack: afterwards
`,
    ],
  ]),
  pathway: replaced('pathway', [
    [
      'consultation:\n',
      `figures:
  - { figure: ointment, title: Ointment, value: zinc, oneOf: [zinc, none], adjust: { by: [surgeon], when: any time } }
choices:
  - { choice: soapy, title: Soap, by: surgeon, made: in assessment, values: { with-soap: { title: Soap }, without: { title: None } } }
consultation:
`,
    ],
    ['    recovery:\n      tasks:', '    recovery:\n      packs: [at-home]\n      tasks:'],
    [
      'intervals:\n',
      `alongside:
  - care: home
    title: Home care
    from: first session
    until: 4 weeks after last session
    onlyFor: [with-soap]
    morning: [mild soap, zinc cream twice]
    evening: [the ointment]
    weekly: [zinc cream for the night]
    setback: { after: 3, ask: nurse, within: 2 working days }
    say: Wash gently.
    because: Clean skin heals.
  - { care: home-too, title: More of it, from: plan start, until: end of plan, say: Drink water. }
intervals:
`,
    ],
  ]),
};

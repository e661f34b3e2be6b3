import { COURSE } from './course-sample.ts';
import type { Texts } from './sample.ts';

const change = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`the sample has no ${from}`);
  return text.replace(from, to);
};

const FIGURES = `figures:
  - figure: dose
    title: Dose
    levels: [half, most, full]
    startsAt: full
    adjust: { by: [surgeon], when: any time, because: required }
  - figure: cycle
    title: From one to the next
    value: 1 week
    adjust: { by: [surgeon, nurse], from: 7 days, to: 3 weeks, when: start }
    source: protocol
  - figure: count
    title: How many
    value: 6
    adjust: { by: [surgeon], from: 2, to: 8, when: start }
  - figure: acid
    title: Acid
    value: lactic 30
    oneOf: [lactic 30, mandelic 20]
    adjust: { by: [nurse], when: any time }
  - figure: fee
    title: Fee
    value: 199 USD
    adjust: { by: [coordinator], from: 0 USD, to: 400.50 USD, when: start }
  - { figure: fixed, title: The same for all, value: 5 weeks }
consultation:`;

/** The course with figures of every kind, and with whatever can refer to one. */
export const FIGURED: Texts = {
  ...COURSE,
  pathway: {
    ...COURSE.pathway,
    text: [
      ['consultation:', FIGURES],
      ['sessions: up to 6', 'sessions: up to the count\n    with: [dose, acid]'],
      [
        'minimum: 1 week, recommended: 1 to 2 weeks, latest: 6 weeks',
        'minimum: the cycle, recommended: the cycle, latest: the fixed',
      ],
      [
        'outcomes: { standard: go, high: { wait: 7 days, atMost: 2, then: { decide: problem } } }',
        'outcomes: { standard: { limit: { dose: most }, for: this session }, high: { lower: dose, atEnd: { decide: problem }, then: { wait: 7 days, atMost: 2, then: { decide: problem } } } }',
      ],
      [
        'outcomes: { go-on: go, leave-out: next stage,',
        'outcomes: { go-on: go, higher: { raise: dose, atEnd: { wait: 7 days, atMost: 1, then: { exit: referral } }, for: this session, then: go }, leave-out: next stage,',
      ],
      ['minimum: 2 weeks, latest: 8 weeks', 'minimum: the cycle, latest: 8 weeks'],
    ].reduce((text, [from = '', to = '']) => change(text, from, to), COURSE.pathway.text),
  },
};

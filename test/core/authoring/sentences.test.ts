import { describeRefusals } from './refusals.ts';
import { HERE } from './sample.ts';

describeRefusals({ from: 'CC1020', to: 'CC1030' }, [
  [
    'CC1020',
    'a duration in a unit that there is not',
    'clinic',
    { from: 'unbooked: 7 days', refused: `unbooked: ${HERE}7 dais`, taken: 'unbooked: 1 day' },
  ],
  [
    'CC1020',
    'a duration in halves',
    'clinic',
    { from: 'unbooked: 7 days', refused: `unbooked: ${HERE}1.5 days`, taken: 'unbooked: 36 hours' },
  ],
  [
    'CC1021',
    'consent that lasts hours',
    'pathway',
    { from: 'lasts: 6 months', refused: `lasts: ${HERE}48 hours`, taken: 'lasts: 2 days' },
  ],
  [
    'CC1021',
    'a fact that is good for working days',
    'catalogue',
    { from: 'goodFor: 24 hours', refused: `goodFor: ${HERE}1 working day`, taken: 'goodFor: 1 day' },
  ],
  [
    'CC1021',
    'a window of no days',
    'ruleSet',
    {
      from: 'at least 4 weeks ago or never',
      refused: `${HERE}within the last 0 days`,
      taken: 'within the last 1 day',
    },
  ],
  [
    'CC1021',
    'a repeat after no time',
    'clinic',
    {
      from: 'everyFurther: 30 minutes',
      refused: `everyFurther: ${HERE}0 minutes`,
      taken: 'everyFurther: 1 minute',
    },
  ],
  [
    'CC1021',
    'more working days than a calendar is sure to have',
    'clinic',
    {
      from: 'deviation: 2 working days',
      refused: `deviation: ${HERE}61 working days`,
      taken: 'deviation: 60 working days',
    },
  ],
  [
    'CC1022',
    'a due time that counts from nothing',
    'pathway',
    {
      from: 'due: 7 days after plan start',
      refused: `due: ${HERE}7 days`,
      taken: 'due: 8 days after plan start',
    },
  ],
  [
    'CC1022',
    'a due time from more to less',
    'pathway',
    { from: 'due: 7 to 10 days', refused: `due: ${HERE}10 to 7 days`, taken: 'due: 7 to 8 days' },
  ],
  [
    'CC1023',
    'a test in other words',
    'ruleSet',
    { from: 'at least 38 Cel', refused: `${HERE}more than 38 Cel`, taken: 'above 38 Cel' },
  ],
  [
    'CC1023',
    'a test from more to less',
    'ruleSet',
    { from: 'at least 38 Cel', refused: `${HERE}40 to below 38 Cel`, taken: '38 to below 40 Cel' },
  ],
  [
    'CC1024',
    'two facts in one test',
    'ruleSet',
    {
      from: '{ temperature: at least 38 Cel }',
      refused: `${HERE}{ temperature: at least 38 Cel, smokes: is yes }`,
      taken: '{ all: [ { temperature: at least 38 Cel }, { smokes: is yes } ] }',
    },
  ],
  [
    'CC1024',
    'a bare value in place of a test',
    'ruleSet',
    {
      from: '{ temperature: at least 38 Cel }',
      refused: `{ temperature: ${HERE}38 }`,
      taken: '{ temperature: below 38 Cel }',
    },
  ],
  [
    'CC1025',
    'a fact of no kind',
    'catalogue',
    { from: 'is: yes or no', refused: `is: ${HERE}no or yes`, taken: 'is: "one of yes, no"' },
  ],
  [
    'CC1025',
    'a choice of one',
    'catalogue',
    {
      from: 'is: "one of pregnant, not pregnant, cannot be pregnant"',
      refused: `is: ${HERE}one of pregnant`,
      taken: 'is: "one of pregnant, cannot be pregnant"',
    },
  ],
  [
    'CC1026',
    'a number without a range',
    'catalogue',
    {
      from: 'fact: temperature\n    title: Body temperature\n    is: number in Cel\n    range: 30 to 45\n',
      refused: `${HERE}fact: temperature\n    title: Body temperature\n    is: number in Cel\n`,
      taken: 'fact: temperature\n    title: Body temperature\n    is: number in Cel\n    range: 30 to 46\n',
    },
  ],
  [
    'CC1026',
    'a range from more to less',
    'catalogue',
    { from: 'range: 30 to 45', refused: `range: ${HERE}45 to 30`, taken: 'range: -30 to 45' },
  ],
  [
    'CC1026',
    'a range of what is no number',
    'catalogue',
    {
      from: 'is: yes or no,',
      refused: `is: yes or no, range: ${HERE}0 to 1,`,
      taken: 'is: "one of yes, no",',
    },
  ],
  [
    'CC1027',
    'a day of the week that there is not',
    'clinic',
    {
      from: 'friday: 08:00 to 13:00',
      refused: `${HERE}freitag: 08:00 to 13:00`,
      taken: 'saturday: 08:00 to 13:00',
    },
  ],
  [
    'CC1027',
    'closing before opening',
    'clinic',
    {
      from: 'friday: 08:00 to 13:00',
      refused: `friday: ${HERE}13:00 to 08:00`,
      taken: 'friday: 00:00 to 24:00',
    },
  ],
  [
    'CC1028',
    'a step at no time',
    'clinic',
    { from: 'at: due,', refused: `at: ${HERE}soon,`, taken: 'at: 1 hour before due,' },
  ],
  [
    'CC1029',
    'a day that no year has',
    'clinic',
    { from: '[2026-12-25]', refused: `[${HERE}2026-02-29]`, taken: '[2028-02-29]' },
  ],
  [
    'CC1030',
    'a time zone that there is not',
    'clinic',
    { from: 'America/New_York', refused: `${HERE}America/NewYork`, taken: 'Asia/Kolkata' },
  ],
  [
    'CC1030',
    'an offset, which knows no summer',
    'clinic',
    { from: 'America/New_York', refused: `${HERE}"-05:00"`, taken: 'UTC' },
  ],
  [
    'CC1024',
    'a condition that is no group',
    'ruleSet',
    { from: '- { smokes: is yes }', refused: `- ${HERE}smokes`, taken: '- { smokes: is no }' },
  ],
  [
    'CC1025',
    'a word that begins as a test does',
    'catalogue',
    {
      from: 'is: yes or no',
      refused: `is: ${HERE}"one of yes, not one of us"`,
      taken: 'is: "one of yes, one"',
    },
  ],
  [
    'CC1027',
    'hours of what never closes',
    'clinic',
    {
      from: '- calendar: always\nladders',
      refused: `- calendar: always\n    ${HERE}open: { sunday: 08:00 to 09:00 }\nladders`,
      taken: '- calendar: always\n    closed: [2026-12-25]\nladders',
    },
  ],
]);

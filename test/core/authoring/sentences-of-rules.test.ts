import { describeRefusals } from './refusals.ts';
import { HERE } from './sample.ts';

const AREAS = 'treatment: "any of left breast, right breast"';

describeRefusals({ from: 'CC1031', to: 'CC1033' }, [
  [
    'CC1031',
    'any of one area',
    'pathway',
    { from: AREAS, refused: `treatment: ${HERE}any of left breast`, taken: 'treatment: left breast' },
  ],
  [
    'CC1031',
    'areas in a row, of which nobody knows how many are meant',
    'pathway',
    {
      from: AREAS,
      refused: `treatment: ${HERE}"left breast, right breast"`,
      taken: 'treatment: left breast or right breast',
    },
  ],
  [
    'CC1032',
    'arithmetic',
    'catalogue',
    { from: 'is: sum of glucose', refused: `is: ${HERE}glucose * 2`, taken: 'is: highest of last 3 glucose' },
  ],
  [
    'CC1032',
    'the highest of one',
    'catalogue',
    {
      from: 'highest of last 2 glucose',
      refused: `${HERE}highest of last 1 glucose`,
      taken: 'lowest of last 100 glucose',
    },
  ],
  [
    'CC1032',
    'the highest of more than are kept in mind',
    'catalogue',
    {
      from: 'highest of last 2 glucose',
      refused: `${HERE}highest of last 101 glucose`,
      taken: 'highest of last 100 glucose',
    },
  ],
  [
    'CC1033',
    'an interval from something in many words',
    'ruleSet',
    {
      from: 'from: end of surgery',
      refused: `from: ${HERE}the last operation`,
      taken: 'from: start of surgery',
    },
  ],
  [
    'CC1033',
    'an interval from a procedure of which nobody knows which edge is meant',
    'ruleSet',
    { from: 'from: end of surgery', refused: `from: ${HERE}surgery`, taken: 'from: end of excision' },
  ],
  [
    'CC1033',
    'an interval from a stage of which nobody knows which edge is meant',
    'pathway',
    { from: 'from: end of cut', refused: `from: ${HERE}cut`, taken: 'from: start of cut' },
  ],
  [
    'CC1033',
    'an interval to a procedure as such',
    'ruleSet',
    { from: 'to: start of graft', refused: `to: ${HERE}graft`, taken: 'to: start of transplant' },
  ],
]);

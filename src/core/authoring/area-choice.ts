import type { AreaChoice } from '../pathway/compiled.schema.ts';
import { Refused } from './problem.ts';
import { sentence } from './words.ts';

const FORMS = 'write `left breast`, `left breast or right breast`, or `any of left breast, right breast`';

/** The areas that a plan can be about: this one, one of these, or any of these. Whoever starts the plan says which. */
export const areaChoice = sentence((written): AreaChoice | Refused => {
  const [, several] = /^any of (.+)$/.exec(written) ?? [];
  const sites = (several ?? written).split(several === undefined ? ' or ' : ',').map((site) => site.trim());
  const isChoice = several !== undefined || sites.length > 1;
  const repeated = sites.find((site, index) => sites.indexOf(site) < index);
  if (repeated !== undefined) return new Refused('CC1047', `\`${repeated}\` stands there twice`);
  if (sites.includes('') || sites.some((site) => site.includes(',')) || (isChoice && sites.length < 2)) {
    return new Refused('CC1031', `\`${written}\` does not say which areas`, FORMS);
  }
  return { choose: several === undefined ? (isChoice ? 'one' : 'all') : 'any', sites };
});

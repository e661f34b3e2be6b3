import type { HandOver } from '../api/hand-over.schema.ts';
import { careLines } from './care-text.ts';
import { choiceLines } from './choice-text.ts';
import { leaveLines, longTermLines } from './course-text.ts';
import { goalLines } from './goal-text.ts';
import { consentRow, factRow, performedRow } from './plan-text.ts';
import { questionLines } from './question-text.ts';
import { revisionLines } from './revision-text.ts';
import { pastLines, steeringLines } from './steering-text.ts';
import { dayText, section, table, when } from './text.ts';
import { windowText } from './window-text.ts';
import { askedTwiceRows, waitRows } from './work-text.ts';

/** Why the plan is there, what was done, where it stands, what is owed, and what comes after. */
export function handOverText(plan: HandOver): string {
  const { timeZone, pathway, patient, status, phase } = plan;
  return [
    `Hand-over of ${plan.planId}, as of ${when(plan.at, timeZone)} (${timeZone})`,
    `patient ${patient}: ${pathway.title} ${pathway.version}, ${status}, in ${phase} since ${when(plan.since, timeZone)}`,
    ...Object.entries(plan.areas).map(([role, sites]) => `${role}: ${sites.join(', ')}`),
    ...leaveLines(plan),
    ...section('For everyone to see', table(plan.flagged.map((one) => factRow(one, timeZone)))),
    ...section('Next', plan.next.flatMap(nextLines)),
    ...steeringLines(plan),
    ...section('Owed', table(waitRows(plan))),
    ...section('Asked for twice: one would do', table(askedTwiceRows(plan))),
    ...section('Done', table(plan.performed.map(performedRow))),
    ...pastLines(plan),
    ...choiceLines(plan),
    ...questionLines(plan),
    ...goalLines(plan),
    ...revisionLines(plan),
    ...section('Consents', table(plan.consents.map((consent) => consentRow(consent, timeZone)))),
    ...careLines(plan),
    ...longTermLines(plan),
    ...section(
      'When the patient is to call',
      plan.callWhen.map(({ title, says, signs }) => `  ${title.text}: ${says.text} (${signs.join('; ')})`),
    ),
  ].join('\n');
}

function nextLines({ title, of, isOpen, bookedOn, window, reasons }: HandOver['next'][number]): string[] {
  const what = of === 'prep' ? `Prep of ${title}` : title;
  const days = bookedOn === undefined ? window && windowText(window) : `booked for ${dayText(bookedOn)}`;
  return [
    `  ${what}${days === undefined ? '' : `: ${days}`}${isOpen ? ', may start now' : ''}`,
    ...reasons.map((says) => `    not yet: ${says}`),
  ];
}

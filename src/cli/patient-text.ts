import type { PatientView, Words } from '../api/patient-view.schema.ts';
import { dayText, section, spanText, when } from './text.ts';

/** A plan as its patient reads it. What has no translation is marked. */
export function patientText(view: PatientView): string {
  const { timeZone } = view;
  const language = view.language === undefined ? '' : ` [${view.language}]`;
  return [
    `${words(view.title)}${language}, ${view.status}`,
    ...section(
      'Where you are',
      view.where.map((one) => `  ${whereText(one, timeZone)}`),
    ),
    ...section(
      'What we wait for',
      view.waitsFor.map(({ title, says }) => `  ${words(title)}: ${words(says)}`),
    ),
    ...section(
      'What is next',
      view.next.map((one) => `  ${nextText(one)}`),
    ),
    ...section(
      'Visits and follow-up',
      view.milestones.map((one) => `  ${milestoneText(one)}`),
    ),
    ...section('At home', view.care.flatMap(careText)),
    ...section(
      'When to call us',
      view.callWhen.map(
        ({ title, says, signs }) => `  ${words(title)}: ${words(says)} (${signs.join('; ')})`,
      ),
    ),
    ...section(
      'What you chose',
      view.chosen.map(({ title, value }) => `  ${words(title)}: ${words(value)}`),
    ),
    ...section(
      'What you signed',
      view.signed.map((one) => `  ${signedText(one, timeZone)}`),
    ),
  ].join('\n');
}

const words = ({ text, isUntranslated }: Words): string => (isUntranslated ? `${text} (*)` : text);
const said = (says: Words | undefined): string => (says ? `. ${words(says)}` : '');

function whereText({ phase, title, says, since }: PatientView['where'][number], timeZone: string): string {
  const what = title ? `${words(title)}: ${phase}` : phase;
  return `${what}${since === undefined ? '' : `, since ${when(since, timeZone)}`}${said(says)}`;
}

function nextText({ title, says, bookedOn, from, to }: PatientView['next'][number]): string {
  const days = bookedOn === undefined ? roughly(from, to) : `booked for ${dayText(bookedOn)}`;
  return `${words(title)}${days === '' ? '' : `: ${days}`}${said(says)}`;
}

function roughly(from: string | undefined, to: string | undefined): string {
  if (from !== undefined && to !== undefined) return `best ${spanText(from, to)}`;
  return from === undefined ? '' : `not before ${dayText(from)}`;
}

function milestoneText({ title, says, from, to, isForYou }: PatientView['milestones'][number]): string {
  const days =
    from !== undefined && to !== undefined ? spanText(from, to) : to === undefined ? '' : dayText(to);
  return `${isForYou ? 'yours to do: ' : ''}${words(title)}${days === '' ? '' : `: ${days}`}${said(says)}`;
}

function careText(one: PatientView['care'][number]): string[] {
  const until = one.lastDay === undefined ? '' : `, to ${dayText(one.lastDay)}`;
  const times = (['morning', 'evening', 'weekly'] as const).flatMap((time) =>
    one[time].length === 0
      ? []
      : [
          `    ${time}: ${one[time].map(({ text, note }) => (note === undefined ? text : `${text} (${note})`)).join(', ')}`,
        ],
  );
  return [
    `  ${words(one.title)}${until}${said(one.says)}`,
    ...one.stopped.map((stop) => `    DO NOT USE FOR NOW: ${words(stop.says)}${endText(stop)}`),
    ...times,
    ...one.toBeDecided.map((title) => `    to be decided: ${words(title)}`),
    ...(one.because ? [`    ${words(one.because)}`] : []),
  ];
}

function endText({ lookedAtBy, until }: PatientView['care'][number]['stopped'][number]): string {
  if (until !== undefined) return ` Until ${dayText(until)}.`;
  return lookedAtBy === undefined ? '' : ` Until the ${lookedAtBy} has looked at it.`;
}

function signedText(
  { form, for: stages, signedOn, by, withdrawnAt }: PatientView['signed'][number],
  zone: string,
) {
  const what = stages.length === 0 ? form : stages.map(words).join(', ');
  const ended = withdrawnAt === undefined ? '' : `, withdrawn ${when(withdrawnAt, zone)}`;
  return `${what}: ${dayText(signedOn)}, by the ${by}${ended}`;
}

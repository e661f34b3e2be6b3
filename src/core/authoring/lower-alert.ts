import type { Alert as Compiled } from '../pathway/rules.schema.ts';
import type { Alert } from './alert.schema.ts';
import { lowerCondition } from './lower-condition.ts';
import { checkBearers, type RulePlace } from './rule-place.ts';
import { checkAllKnown, checkKnown, checkOnce, keysOf } from './vocabulary.ts';

export function lowerAlert(rule: Alert, place: RulePlace): Compiled | undefined {
  const { path, header } = place;
  const { of = [], within, say } = rule;
  const when = lowerCondition(rule.when, { ...place, path: [...path, 'when'] });
  checkBearers(of, place);
  const calls = lowerCalls(rule.do, place);
  return (
    when && {
      ...header,
      when,
      of,
      ...(within ? { within } : {}),
      do: calls,
      ...(say === undefined ? {} : { say }),
    }
  );
}

/** The first ladder is meant where none is named. */
function lowerCalls(calls: Alert['do'], { path, vocabulary, report }: RulePlace): Compiled['do'] {
  const { roles, facts, ladders } = vocabulary;
  const place = [...path, 'do'];
  checkOnce('task', { names: calls.map(({ task }) => task), path: place, key: 'task' }, report);
  return calls.map(({ task, title, role, due, onlyWhen, ladder, records = [] }, index) => {
    const at = [...place, index];
    checkKnown('role', { name: role, known: roles, path: [...at, 'role'] }, report);
    checkAllKnown('fact', { names: records, known: keysOf(facts), path: [...at, 'records'] }, report);
    if (ladder !== undefined) {
      checkKnown('ladder', { name: ladder, known: ladders, path: [...at, 'ladder'] }, report);
    }
    const when =
      onlyWhen &&
      lowerCondition(onlyWhen, { path: [...at, 'onlyWhen'], vocabulary, report, ofPatient: 'a task' });
    return {
      ...{ task, title, role, due: due.to, ladder: ladder ?? ladders?.[0] ?? '', records },
      ...(due.from ? { from: due.from } : {}),
      ...(when ? { onlyWhen: when } : {}),
    };
  });
}

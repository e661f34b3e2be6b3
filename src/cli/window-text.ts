import type { AppointmentWindow } from '../api/plan-rows.schema.ts';
import { daysText, dayText } from './text.ts';

/** The days of an interval, or of several together. */
interface Days {
  readonly earliest?: string | undefined;
  readonly recommended?: { readonly from: string; readonly to: string } | undefined;
  readonly latest?: string | undefined;
}

/**
 * `may start from Sat 7 Mar 2026; best 7 Apr to 5 May 2026; no later than Fri 7 Aug 2026`
 * @returns undefined when no day is known
 */
export function windowText({ earliest, recommended, latest }: Days): string | undefined {
  const parts = [
    ...(earliest === undefined ? [] : [`may start from ${dayText(earliest)}`]),
    ...(recommended === undefined ? [] : [`best ${daysText(recommended)}`]),
    ...(latest === undefined ? [] : [`no later than ${dayText(latest)}`]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** The days of an appointment, which rule binds, and what cannot be counted yet. */
export function appointmentLines(window: AppointmentWindow | undefined): string[] {
  if (!window) return [];
  const { boundBy, unknown } = window;
  const days = windowText(window);
  const binding = [...new Set(Object.values(boundBy).flat())];
  return [
    ...(days === undefined ? [] : [`  ${days} (${binding.join(', ')})`]),
    ...(unknown.length === 0 ? [] : [`  not known yet: ${unknown.join(', ')}`]),
  ];
}

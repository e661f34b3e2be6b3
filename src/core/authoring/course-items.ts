import type { PathwayFile } from './pathway.schema.ts';
import type { Path } from './source.ts';
import type { Stage } from './stage.schema.ts';
import type { CourseItem, Track } from './track.schema.ts';

/** An item of the course, or of a track, where it is written. */
export interface PlacedItem<Item extends CourseItem = CourseItem> {
  readonly item: Item;
  readonly path: Path;
  /** Its place in the order of all: those of the course, and then those of each track. */
  readonly at: number;
  /** Undefined: the main course. */
  readonly track: string | undefined;
  /** Something is performed before it in the same course. */
  readonly isAfterStage: boolean;
}

type Courses = Pick<PathwayFile, 'course' | 'alongside'>;

export const tracksIn = ({ alongside = [] }: Pick<PathwayFile, 'alongside'>): Track[] =>
  alongside.flatMap((one) => ('track' in one ? [one] : []));

/** All that can stand in a course, in the order in which the compiled form has them. */
export function itemsIn({ course, alongside = [] }: Courses): PlacedItem[] {
  const lines = [
    { items: course, path: ['course'], track: undefined },
    ...alongside.flatMap((one, index) =>
      'track' in one ? [{ items: one.course, path: ['alongside', index, 'course'], track: one.track }] : [],
    ),
  ];
  const placed = lines.flatMap(({ items, path, track }) => {
    const first = items.findIndex(isPerformed);
    return items.map((item, index) => ({
      item,
      path: [...path, index],
      track,
      isAfterStage: first >= 0 && first < index,
    }));
  });
  return placed.map((one, at) => ({ ...one, at }));
}

export const stagesIn = (file: Courses): PlacedItem<Stage>[] =>
  itemsIn(file).flatMap((one) => (isStage(one.item) ? [{ ...one, item: one.item }] : []));

/** A stage that is there for a procedure. */
export const isPerformed = (item: CourseItem): boolean => isStage(item) && item.lasts === undefined;

export const isStage = (item: CourseItem): item is Stage => 'stage' in item;

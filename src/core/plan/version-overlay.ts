import type { Overlay } from '../pathway/overlay.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
export const overlayMissing = (next: Pathway, overlay: Overlay): string[] => [];
export const overlayThere = (next: Pathway, overlay: Overlay): Overlay => overlay;

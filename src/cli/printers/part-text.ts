interface Numbered {
  readonly id: number;
}

/** "#6", or "#8, part of #6" where somebody asked for a device that was merged into it. */
export const numberText = ({ id }: Numbered, part: Numbered | undefined): string =>
  part === undefined ? `#${id}` : `#${part.id}, part of #${id}`;

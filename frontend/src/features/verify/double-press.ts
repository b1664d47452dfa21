/** Whether a press is the second half of a double one: what it would meet has only just come there, and was not looked at. */
export const isSecondHalf = ({ detail }: MouseEvent): boolean => detail > 1;

/** Each role's day. */
export default {
} as const;

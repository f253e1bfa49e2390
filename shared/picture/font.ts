/**
 * Letters of five by seven dots: each sign is followed by its rows from the top, seven or, of
 * those that reach below the line, nine; a row by the number (0 to v, base 32)
 * whose bits are its dots. Capitals are drawn small; what is not here is a gap.
 */
const SIGNS = `
  0ehjlphe 14c4444e 2eh168gv 3eh161he 426aiv22 5vgu11he 6egguhhe 7v124888
  8ehhehhe 9ehhf11e a00e1fhf bgguhhhu c00eggge d11fhhhf e00ehvge f68u8888
  g00fhhhf1e hgguhhhh i40c444e j2062222ic kggikoki lc44444e m00qllll n00uhhhh
  o00ehhhe p00uhhhugg q00fhhhf11 r00mpggg s00fge1u t88u8896 u00hhhhf v00hhha4
  w00lllla x00ha4ah y00hhhhf1e z00v248v $4fke5u4 .0000066 -000v000 :0440440
  /01248g0 %op248j3 +044v440 ,000006648
`;

const GLYPHS = new Map(
  SIGNS.trim()
    .split(/\s+/)
    .map((sign) => [sign.charAt(0), [...sign.slice(1)].map((row) => Number.parseInt(row, 32))]),
);

/** How wide a letter is in dots, and how far it is from one to the next. */
export const LETTER = { width: 5, advance: 6 };

/** The rows of a sign, whose bits are its dots: the highest is the leftmost. */
export function glyph(sign: string): readonly number[] {
  return GLYPHS.get(sign.toLowerCase()) ?? [];
}

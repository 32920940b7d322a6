// Decodes LZMA, as the LZMA SDK's public-domain specification has it, with lc = 4, lp = 0 and pb = 0: what
// `xtask/src/pack/mod.rs` writes. No header and no end mark; whoever calls knows the size.

const STATES = 12;
// Where each kind of odds begins in the one list of them.
const IS_MATCH = 0;
const IS_REP = IS_MATCH + STATES;
const IS_REP0 = IS_REP + STATES;
const IS_REP1 = IS_REP0 + STATES;
const IS_REP2 = IS_REP1 + STATES;
const IS_LONG = IS_REP2 + STATES;
const LENGTH = IS_LONG + STATES;
const REP_LENGTH = LENGTH + 2 + 8 + 8 + 256;
const SLOT = REP_LENGTH + 2 + 8 + 8 + 256;
const SPECIAL = SLOT + 4 * 64;
const ALIGN = SPECIAL + 128;
const LITERAL = ALIGN + 16;
const ALL = LITERAL + 16 * 0x300;
const SIGN = 1 << 31;

/** `size` bytes from `input`; throws when it breaks off or speaks of what was never written. */
export function unlzma(input, size) {
  const output = new Uint8Array(size);
  const odds = new Uint16Array(ALL).fill(1024);
  let at = 5;
  let range = -1;
  let code = (input[1] << 24) | (input[2] << 16) | (input[3] << 8) | input[4];

  const next = () => {
    if (at >= input.length) throw new Error("it breaks off");
    range <<= 8;
    code = (code << 8) | input[at++];
  };
  // Range and code are 32 bits without a sign; flipping the highest bit compares them as such.
  const bit = (place) => {
    const odd = odds[place];
    const bound = Math.imul(range >>> 11, odd);
    let said = 0;
    if ((code ^ SIGN) < (bound ^ SIGN)) {
      range = bound;
      odds[place] = odd + ((2048 - odd) >> 5);
    } else {
      range = (range - bound) | 0;
      code = (code - bound) | 0;
      odds[place] = odd - (odd >> 5);
      said = 1;
    }
    if (range >>> 24 === 0) next();
    return said;
  };
  const tree = (place, bits) => {
    let node = 1;
    for (let left = bits; left; left--) node = (node << 1) | bit(place + node);
    return node - (1 << bits);
  };
  const reverse = (place, bits) => {
    let node = 1;
    let number = 0;
    for (let nth = 0; nth < bits; nth++) {
      const said = bit(place + node);
      node = (node << 1) | said;
      number |= said << nth;
    }
    return number;
  };
  const direct = (bits) => {
    let number = 0;
    for (let left = bits; left; left--) {
      range >>>= 1;
      const said = (code ^ SIGN) >= (range ^ SIGN) ? 1 : 0;
      if (said) code = (code - range) | 0;
      number = (number << 1) | said;
      if (range >>> 24 === 0) next();
    }
    return number;
  };
  const length = (place) => {
    if (!bit(place)) return 2 + tree(place + 2, 3);
    if (!bit(place + 1)) return 10 + tree(place + 10, 3);
    return 18 + tree(place + 18, 8);
  };

  let state = 0;
  let [rep0, rep1, rep2, rep3] = [0, 0, 0, 0];
  let end = 0;
  const literal = () => {
    const place = LITERAL + 0x300 * ((end ? output[end - 1] : 0) >> 4);
    let node = 1;
    if (state >= 7) {
      let match = output[end - rep0 - 1];
      do {
        const expected = match >> 7;
        match = (match << 1) & 255;
        const said = bit(place + ((1 + expected) << 8) + node);
        node = (node << 1) | said;
        if (said !== expected) break;
      } while (node < 256);
    }
    while (node < 256) node = (node << 1) | bit(place + node);
    output[end++] = node;
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  };
  const distance = (run) => {
    const slot = tree(SLOT + 64 * Math.min(run - 2, 3), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const start = (2 | (slot & 1)) << bits;
    if (slot < 14) return start + reverse(SPECIAL + start - slot, bits);
    return start + (direct(bits - 4) << 4) + reverse(ALIGN, 4);
  };
  const again = () => {
    if (!bit(IS_REP1 + state)) {
      [rep1, rep0] = [rep0, rep1];
    } else if (!bit(IS_REP2 + state)) {
      [rep2, rep1, rep0] = [rep1, rep0, rep2];
    } else {
      [rep3, rep2, rep1, rep0] = [rep2, rep1, rep0, rep3];
    }
  };
  while (end < size) {
    if (!bit(IS_MATCH + state)) {
      literal();
      continue;
    }
    let run = 1;
    if (!bit(IS_REP + state)) {
      [rep3, rep2, rep1] = [rep2, rep1, rep0];
      run = length(LENGTH);
      state = state < 7 ? 7 : 10;
      rep0 = distance(run);
    } else {
      const older = bit(IS_REP0 + state);
      if (!older && !bit(IS_LONG + state)) {
        state = state < 7 ? 9 : 11;
      } else {
        if (older) again();
        run = length(REP_LENGTH);
        state = state < 7 ? 8 : 11;
      }
    }
    if (rep0 >= end || rep0 < 0) throw new Error("it points before its start");
    const last = Math.min(end + run, size);
    for (; end < last; end++) output[end] = output[end - rep0 - 1];
  }
  return output;
}

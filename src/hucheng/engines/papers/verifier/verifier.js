// Checks passes and certificates of Hucheng in a browser, without a network: base45, COSE_Sign1, ES256, revocations.
// Needs nothing but WebCrypto. The page gives TRUSTED (keys and the signed list of revocations) and calls start().
"use strict";

const HuchengVerifier = (() => {
  const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  const VALUE = new Map([...SIGNS].map((sign, value) => [sign, value]));
  const KINDS = { "HUC1:": "pass", "HUL1:": "release", "HUR1:": "revoked" };
  const KIND = -70000, INVERTED = -70010, LEVELS = -70011, COVERS = -70012;
  const FIELDS = { holder: 2, document: -70004, flight: -70001, origin: -70002, destination: -70003, rules: -70005,
    house: -70006, since: -70007, until: -70008, tests: -70009, number: 7, issuer: 1 };

  function base45(text) {
    const values = [...text].map((sign) => VALUE.get(sign));
    if (values.includes(undefined) || values.length % 3 === 1) return null;
    const out = [];
    for (let i = 0; i < values.length; i += 3) {
      const last = values.length - i === 2;
      const number = values[i] + 45 * values[i + 1] + (last ? 0 : 2025 * values[i + 2]);
      if (number > (last ? 255 : 65535)) return null;
      if (!last) out.push(number >> 8);
      out.push(number & 255);
    }
    return new Uint8Array(out);
  }

  // The part of CBOR (RFC 8949) that a payload holds; anything else is an error.
  function cbor(bytes) {
    let place = 0;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    function length(info) {
      if (info < 24) return info;
      const width = { 24: 1, 25: 2, 26: 4, 27: 8 }[info];
      if (!width || place + width > bytes.length) throw new Error("cbor");
      const at = place;
      place += width;
      if (width === 8) return view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
      return width === 1 ? view.getUint8(at) : width === 2 ? view.getUint16(at) : view.getUint32(at);
    }
    function take(count) {
      if (place + count > bytes.length) throw new Error("cbor");
      place += count;
      return bytes.subarray(place - count, place);
    }
    function item(depth) {
      if (depth > 8 || place >= bytes.length) throw new Error("cbor");
      const first = bytes[place++], major = first >> 5, info = first & 31;
      if (major === 7 && (info === 20 || info === 21)) return info === 21;
      if (major > 5) throw new Error("cbor");
      const count = length(info);
      if (major === 0) return count;
      if (major === 1) return -1 - count;
      if (major === 2) return take(count);
      if (major === 3) return new TextDecoder("utf-8", { fatal: true }).decode(take(count));
      if (major === 4) return Array.from({ length: checked(count) }, () => item(depth + 1));
      const map = new Map();
      for (let i = 0; i < checked(count); i++) map.set(item(depth + 1), item(depth + 1));
      return map;
    }
    function checked(count) {
      if (count > bytes.length) throw new Error("cbor");
      return count;
    }
    const read = item(0);
    if (place !== bytes.length) throw new Error("cbor");
    return read;
  }

  function byteString(bytes) {
    const n = bytes.length;
    const head = n < 24 ? [64 + n] : n < 256 ? [88, n] : n < 65536 ? [89, n >> 8, n & 255]
      : [90, n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
    return joined([new Uint8Array(head), bytes]);
  }

  function joined(parts) {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) { all.set(part, at); at += part.length; }
    return all;
  }

  const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const HEAD = new Uint8Array([0xd2, 0x84, 0x4d, 0xa2, 0x01, 0x26, 0x04, 0x48]);

  // Key number, payload and signature, when spelled as the issuer spells them.
  function parts(sealed) {
    const start = HEAD.length + 9, end = sealed.length - 66;
    if (end <= start || !same(sealed.subarray(0, 8), HEAD) || sealed[start - 1] !== 0xa0) return null;
    if (sealed[end] !== 0x58 || sealed[end + 1] !== 0x40) return null;
    const framed = sealed.subarray(start, end);
    for (const width of [1, 2, 3, 5]) {
      const body = framed.subarray(width);
      if (same(byteString(body), framed)) return { kid: sealed.subarray(8, 16), body, signature: sealed.subarray(end + 2) };
    }
    return null;
  }

  async function unseal(text, keys) {
    const sealed = text.length <= 200000 ? base45(text) : null;
    const found = sealed && parts(sealed);
    if (!found) return { code: "bad_text" };
    const known = keys.filter((key) => key.kid === hex(found.kid));
    if (!known.length) return { code: "unknown_key" };
    const spki = Uint8Array.from(atob(known[0].spki), (sign) => sign.charCodeAt(0));
    const key = await crypto.subtle.importKey("spki", spki, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    const context = joined([new Uint8Array([0x84, 0x6a]), new TextEncoder().encode("Signature1"),
      byteString(joined([HEAD.subarray(3), found.kid])), byteString(new Uint8Array()), byteString(found.body)]);
    const holds = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, found.signature, context);
    if (!holds) return { code: "bad_signature" };
    try {
      const payload = cbor(found.body);
      return payload instanceof Map ? { code: "ok", payload, known } : { code: "bad_text" };
    } catch { return { code: "bad_text" }; }
  }

  const usedThen = (known, seconds) => known.some((key) =>
    (!key.since || Date.parse(key.since) <= seconds * 1000) && (!key.until || seconds * 1000 < Date.parse(key.until)));

  const uuid = (bytes) => hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

  async function readRevocations(text, keys) {
    if (!text.startsWith("HUR1:")) throw new Error("no list of revocations");
    const { code, payload, known } = await unseal(text.slice(5), keys);
    if (code !== "ok" || payload.get(KIND) !== "revoked") throw new Error("no list of revocations: " + code);
    const asOf = payload.get(6), kinds = payload.get(COVERS);
    if (!usedThen(known, asOf)) throw new Error("a key that was not in use then");
    if (payload.has(7)) {
      const ids = new Set(payload.get(7).map((id) => (id instanceof Uint8Array ? uuid(id) : id)));
      return { asOf, kinds, revokes: async (number) => ids.has(number) };
    }
    const levels = payload.get(LEVELS), inverted = payload.get(INVERTED);
    const listed = async (number) => {
      for (let i = 0; i < levels.length; i++) if (!(await inFilter(levels[i], number, asOf, i))) return i % 2 === 1;
      return levels.length % 2 === 1;
    };
    return { asOf, kinds, revokes: async (number, issued) => issued < asOf && (await listed(number)) !== inverted };
  }

  async function inFilter([size, probes, bits], number, asOf, level) {
    const salt = new Uint8Array(8);
    new DataView(salt.buffer).setUint32(0, Math.floor(asOf / 2 ** 32));
    new DataView(salt.buffer).setUint32(4, asOf % 2 ** 32);
    const text = joined([salt, new Uint8Array([level]), new TextEncoder().encode(number)]);
    const digest = new DataView(await crypto.subtle.digest("SHA-256", text));
    const first = digest.getUint32(0), step = (digest.getUint32(4) | 1) >>> 0;
    for (let i = 0; i < probes; i++) {
      const bit = (first + i * step) % size;
      if (!((bits[Math.floor(bit / 8)] >> (bit % 8)) & 1)) return false;
    }
    return true;
  }

  // Whether a paper holds at a time (seconds): { valid, code, kind, claims }.
  async function verify(text, { keys, revoked = null, at = Date.now() / 1000 }) {
    const kind = KINDS[text.slice(0, 5)];
    const no = (code, claims = null) => ({ valid: false, code, kind, claims });
    if (kind !== "pass" && kind !== "release") return no("bad_text");
    const { code, payload, known } = await unseal(text.slice(5), keys);
    if (code !== "ok") return no(code);
    const needed = kind === "pass" ? ["holder", "document", "flight", "origin", "destination", "rules", "number", "issuer"]
      : ["holder", "document", "house", "since", "until", "tests", "number", "issuer"];
    const from = payload.get(5), ends = payload.get(4);
    const whole = needed.every((name) => payload.has(FIELDS[name])) && Number.isInteger(from) && Number.isInteger(ends);
    if (payload.get(KIND) !== kind || !whole) return no("bad_text");
    const claims = Object.fromEntries(needed.map((name) => [name, String(payload.get(FIELDS[name]))]));
    Object.assign(claims, { from, ends });
    if (!usedThen(known, from)) return no("key_retired", claims);
    if (revoked && revoked.kinds.includes(kind) && (await revoked.revokes(claims.number, from))) return no("revoked", claims);
    if (at < from) return no("not_yet", claims);
    if (at >= ends) return no("expired", claims);
    return { valid: true, code: "ok", kind, claims };
  }

  return { verify, readRevocations };
})();

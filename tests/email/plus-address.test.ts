import { plusAddress, readPlusAddress } from '#activities/email/plus-address.ts';
import { bareSubject, isForwardSubject, readSubjectNumber } from '#activities/email/subject-number.ts';

const KEY = 'secret';
const address = plusAddress({ address: 'support@shop.example', token: 'c4f0k2', key: KEY });

describe('the address that finds its conversation', () => {
  it('is read back by whoever holds the key, also from a server that shouts', () => {
    expect(readPlusAddress(address, KEY)).toEqual({ kind: 'signed', token: 'c4f0k2' });
    expect(readPlusAddress(address.toUpperCase(), KEY)).toEqual({ kind: 'signed', token: 'c4f0k2' });
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
  });

  it('is forged with another token, another signature or another key', () => {
    expect(readPlusAddress(address.replace('c4f0k2', 'c4f0k3'), KEY)).toEqual({ kind: 'forged' });
    expect(readPlusAddress(address.replace(/\.[a-z2-7]{12}@/, '.aaaaaaaaaaaa@'), KEY)).toEqual({ kind: 'forged' });
    expect(readPlusAddress(address, 'another secret')).toEqual({ kind: 'forged' });
  });

  it.each(['support@shop.example', 'support+tag@shop.example', 'support+a.b@shop.example', '', '+.@', 'x+y.z'])('is not %p', (plain) => {
    expect(readPlusAddress(plain, KEY)).toEqual({ kind: 'plain' });
  });

  it('refuses a token that a server could change on the way', () => {
    expect(() => plusAddress({ address: 'support@shop.example', token: 'MiXed', key: KEY })).toThrow('token');
    expect(() => plusAddress({ address: 'support', token: 'abc', key: KEY })).toThrow('address');
  });
});

describe('a subject', () => {
  it.each([
    ['Re: order [#12]', 12],
    ['[#3] and [#12]', 12],
    ['Re: [#0]', null],
    ['#12', null],
    ['[# 12]', null],
    ['[#12345678901]', null],
  ])('%p names the ticket %p', (subject, number) => {
    expect(readSubjectNumber(subject)).toBe(number);
  });

  it('loses its prefixes and its number, and nothing else', () => {
    expect(bareSubject('Re: AW: RE[2]: Where is my order? [#12]')).toBe('Where is my order?');
    expect(bareSubject('Reset password')).toBe('Reset password');
  });

  it('says whether the mail was passed on', () => {
    expect(isForwardSubject('WG: Angebot')).toBe(true);
    expect(isForwardSubject('[ext] Fwd: Re: hi')).toBe(true);
    expect(isForwardSubject('Re: Fwd: hi')).toBe(false);
    expect(isForwardSubject('Forwarding address')).toBe(false);
  });
});

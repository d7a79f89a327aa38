import { plusAddress, readPlusAddress } from '#activities/email/plus-address.ts';
import { bareSubject, isForwardSubject, readSubjectNumber } from '#activities/email/subject-number.ts';

const KEY = 'secret';
const CONVERSATION = 'cnv_04kQ9ZsT1vY7bN2mXw8Lr3';
const address = plusAddress({ address: 'support@shop.example', conversationId: CONVERSATION, key: KEY });

describe('the address that finds its conversation', () => {
  it('is read back by whoever holds the key, also from a server that shouts', () => {
    expect(readPlusAddress(address, KEY)).toEqual({ kind: 'signed', conversationId: CONVERSATION });
    expect(readPlusAddress(address.toUpperCase(), KEY)).toEqual({ kind: 'signed', conversationId: CONVERSATION });
    expect(address).toBe(address.toLowerCase());
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
  });

  it.each(['cnv_0000000000000000000000', 'cnv_zzzzzzzzzzzzzzzzzzzzzz', 'cnv_0', 'cnv_aB'])('names %s and no other', (conversationId) => {
    const tagged = plusAddress({ address: 'a@b.example', conversationId, key: KEY });
    expect(readPlusAddress(tagged, KEY)).toEqual({ kind: 'signed', conversationId });
  });

  it('is forged with another token, another signature or another key', () => {
    const [, token = ''] = /\+([a-z0-9]+)\./.exec(address) ?? [];
    const another = `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`;
    expect(readPlusAddress(address.replace(token, another), KEY)).toEqual({ kind: 'forged' });
    expect(readPlusAddress(address.replace(/\.[a-z2-7]{12}@/, '.aaaaaaaaaaaa@'), KEY)).toEqual({ kind: 'forged' });
    expect(readPlusAddress(address, 'another secret')).toEqual({ kind: 'forged' });
  });

  it.each(['support@shop.example', 'support+tag@shop.example', 'support+a.b@shop.example', '', '+.@', 'x+y.z'])('is not %p', (plain) => {
    expect(readPlusAddress(plain, KEY)).toEqual({ kind: 'plain' });
  });

  it('is made for conversations alone', () => {
    expect(() => plusAddress({ address: 'support@shop.example', conversationId: 'tkt_1', key: KEY })).toThrow('conversation');
    expect(() => plusAddress({ address: 'support', conversationId: 'cnv_1', key: KEY })).toThrow('address');
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

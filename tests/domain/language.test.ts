import { expect, it } from '@jest/globals';
import { readingLanguage } from '#workflows/domain/language.ts';

it.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['de-ZZ', 'de'],
  ['nb-NO', 'no'],
  ['pt', 'pt'],
  ['pt-BR', 'pt-BR'],
  ['pt-PT', 'pt-PT'],
  ['pt-AO', 'pt-PT'],
  ['zh', 'zh-Hans'],
  ['zh-CN', 'zh-Hans'],
  ['zh-Hans-SG', 'zh-Hans'],
  ['zh-TW', 'zh-Hant'],
  ['zh-Hant-MO', 'zh-Hant'],
  ['cmn-Hant', 'zh-Hant'],
])('somebody who reads %s is given %s to read', (locale, read) => {
  expect(readingLanguage(locale)).toBe(read);
});

import { expect, it } from 'vitest'
import { writeSetting } from './settings.ts'

it.for([
  ['work_mem=64MB', `SET "work_mem" TO '64MB'`],
  ["app.desk=the town's", `SET "app"."desk" TO 'the town''s'`],
  ['DateStyle=ISO, DMY', `SET "DateStyle" TO 'ISO, DMY'`],
  ['app.formula=a=b', `SET "app"."formula" TO 'a=b'`],
])('writes %s as one literal', ([setting, written]) => {
  expect(writeSetting(setting!)).toBe(written)
})

it.for([
  ['search_path="$user", public', `SET "search_path" TO '$user', 'public'`],
  ['search_path=""', `SET "search_path" TO ''`],
  ['search_path="reading, room", "a""b"', `SET "search_path" TO 'reading, room', 'a"b'`],
])('writes %s name by name', ([setting, written]) => {
  expect(writeSetting(setting!)).toBe(written)
})

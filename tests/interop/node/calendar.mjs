// Reads a calendar with ical.js, the parser of Thunderbird: {"text": iCalendar} on standard input,
// what it understood on standard output.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const all = new ICAL.Component(ICAL.parse(JSON.parse(readFileSync(0, 'utf-8')).text));
const todo = all.getFirstSubcomponent('vtodo');
const event = new ICAL.Event(all.getFirstSubcomponent('vevent'));
process.stdout.write(JSON.stringify({
  due: todo.getFirstPropertyValue('due').toJSDate().toISOString(),
  name: all.getFirstPropertyValue('name'),
  summary: event.summary,
  seconds: todo.getFirstSubcomponent('valarm').getFirstPropertyValue('trigger').toSeconds(),
}));

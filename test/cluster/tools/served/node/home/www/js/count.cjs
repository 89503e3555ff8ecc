process.stdout.write(require('./notes.cjs').text());
console.log(new Intl.DateTimeFormat('de', { dateStyle: 'long', timeZone: 'Europe/Zurich' }).format(0));

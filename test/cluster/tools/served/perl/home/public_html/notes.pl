#!/usr/bin/perl
# Notes in a database that the tool has had for years, and a sum that a module of its own, compiled, makes of them.
use strict;
use warnings;
use lib "$ENV{DOCUMENT_ROOT}/../perl5/lib/perl5";
use DBI;
use Fnv1a;

my $db = DBI->connect("dbi:SQLite:$ENV{DOCUMENT_ROOT}/../notes.db", '', '', { RaiseError => 1 });
$db->do('create table if not exists notes (word text primary key)');
$db->do('insert or ignore into notes values (?)', undef, $ENV{QUERY_STRING});
my $words = $db->selectcol_arrayref('select word from notes order by word');
print "Content-Type: text/plain; charset=utf-8\r\n\r\n";
printf "%s %u\n", $_, Fnv1a::fnv1a($_) for @$words;

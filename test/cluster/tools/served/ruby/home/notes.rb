require 'notes_c'

# Notes in a database that the tool has had for years.
module Notes
  FILE = File.join(Dir.home, 'notes.db')

  def self.run(statement, word = '')
    NotesC.run(FILE, 'create table if not exists notes (word text primary key)', '')
    NotesC.run(FILE, statement, word)
  end

  def self.add(word)
    run('insert or ignore into notes values (?)', word)
  end

  def self.text
    run('select word from notes where word <> ? order by word').map { |word| "#{word} #{NotesC.fnv1a(word)}\n" }.join
  end
end

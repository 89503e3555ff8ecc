require 'socket'
require_relative 'notes'

Signal.trap('TERM') { exit 0 }
server = TCPServer.new('0.0.0.0', Integer(ENV.fetch('PORT')))
loop do
  client = server.accept
  path = client.gets.to_s[/\AGET (\S+) HTTP/, 1]
  nil until client.gets.to_s.strip.empty?
  word = path.to_s[%r{\A/note/([a-z]+)\z}, 1]
  Notes.add(word) if word
  about = "#{ENV.values_at('PORT', 'TOOL_WEB_PORT', 'TOOL_DATA_DIR').join(' ')} #{Dir.pwd} #{Process.uid} #{Encoding.default_external}\n"
  status, answer = word || path == '/' ? ['200 OK', Notes.text] : path == '/about' ? ['200 OK', about] : ['404 Not Found', "no #{path}\n"]
  client.write("HTTP/1.0 #{status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: #{answer.bytesize}\r\n\r\n", answer)
rescue SystemCallError
  # Whoever asked may not wait for the answer.
ensure
  client&.close
end

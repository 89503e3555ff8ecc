import com.sun.net.httpserver.*;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.*;

public class Server {
  public static void main(String[] words) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(System.getenv("PORT"))), 0);
    server.createContext("/", Server::answer);
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String text = "no " + path + "\n";
    int status = 404;
    try {
      if (path.matches("/note/[a-z]+")) Notes.add(path.substring(6));
      if (path.equals("/") || path.startsWith("/note/")) text = Notes.text();
      if (path.equals("/about")) text = System.getenv("TOOL_DATA_DIR") + " " + System.getProperty("user.dir") + " " + System.getProperty("user.name")
        + " " + Charset.defaultCharset() + " " + System.getProperty("java.specification.version") + "\n";
      if (!text.startsWith("no ")) status = 200;
    } catch (ClassNotFoundException error) {
      throw new IOException(error);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

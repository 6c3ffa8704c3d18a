package nl.ketendata.server.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import sqlline.SqlLine;

/** The shell sqlline with the stock Avatica driver, in this process. */
public final class SqlShell {
  private SqlShell() {}

  /**
   * Gives commands to sqlline and returns all it prints.
   *
   * @param url of the endpoint, such as {@code http://localhost:8080/jdbc}
   * @param commands SQL ending in {@code ;}, or sqlline's own beginning with {@code !}
   */
  public static String run(String url, String user, String password, String... commands)
      throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    SqlLine shell = new SqlLine();
    try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      shell.setOutputStream(out);
      shell.setErrorStream(out);
      String[] arguments = {
        "-d",
        "org.apache.calcite.avatica.remote.Driver",
        "-u",
        "jdbc:avatica:remote:url="
            + url
            + ";serialization=protobuf;authentication=BASIC;avatica_user="
            + user
            + ";avatica_password="
            + password,
        "-n",
        user,
        "-p",
        password,
        "--color=false",
        "--maxWidth=400",
        "--isolation=TRANSACTION_READ_COMMITTED"
      };
      String script = String.join("\n", commands) + "\n!quit\n";
      shell.begin(
          arguments, new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), false);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}

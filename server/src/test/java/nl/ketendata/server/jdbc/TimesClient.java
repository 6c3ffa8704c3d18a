package nl.ketendata.server.jdbc;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Properties;
import org.apache.calcite.avatica.remote.Driver;

/**
 * A program in a process of its own, since the stock driver takes the time zone when it starts.
 * Prints what it reads and sends it back as parameters.
 */
public final class TimesClient {
  private TimesClient() {}

  /**
   * @param arguments the URL, then properties of the connection as {@code name=value}
   */
  public static void main(String... arguments) throws Exception {
    Properties properties = new Properties();
    for (int i = 1; i < arguments.length; i++) {
      String[] setting = arguments[i].split("=", 2);
      properties.put(setting[0], setting[1]);
    }
    try (Connection connection =
            new Driver().connect("jdbc:avatica:remote:url=" + arguments[0], properties);
        PreparedStatement back = connection.prepareStatement("parameters");
        ResultSet rows = connection.createStatement().executeQuery("times")) {
      while (rows.next()) {
        Date date = rows.getDate(1);
        Time time = rows.getTime(2);
        Timestamp moment = rows.getTimestamp(3);
        System.out.println(
            "values " + date.toLocalDate() + " " + time + " " + moment.toLocalDateTime());
        System.out.println(
            "texts " + rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3));
        back.setDate(1, date);
        back.setTime(2, time);
        back.setTimestamp(3, moment);
        back.executeQuery().close();
      }
    }
  }
}

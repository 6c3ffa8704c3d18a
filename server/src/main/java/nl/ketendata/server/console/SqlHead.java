package nl.ketendata.server.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.OutputColumn;
import nl.ketendata.server.query.ParameterValue;
import nl.ketendata.server.query.PreparedSql;
import nl.ketendata.server.query.RowStream;
import nl.ketendata.server.question.SqlQuestion;

/**
 * Answers {@code POST /sql}.
 *
 * <p>
 *
 * <pre>
 * curl --user anna -H 'Content-Type: application/sql' \
 *      --data-binary 'select count(*) from JW301' 'http://localhost:8080/sql?format=csv'
 * </pre>
 */
public final class SqlHead implements Head {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Door door;

  public SqlHead(Door door) {
    this.door = door;
  }

  @Override
  public String segment() {
    return "sql";
  }

  @Override
  public boolean servesOneTime(String rawPath) {
    return true;
  }

  @Override
  public Optional<String> payer(Exchange exchange) {
    return Optional.of(exchange.caller().payer());
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (!exchange.rawPath().matches("/sql/?")) {
      throw Failure.of(Code.UNKNOWN_RESOURCE, exchange.rawPath());
    }
    if (!exchange.method().equals("POST")) {
      throw Failure.of(Code.METHOD, exchange.method(), "POST");
    }
    Ask ask = AskReader.read(exchange);
    Format format = Format.of(ask.format(), exchange.header("Accept"));
    Caller caller = exchange.caller();
    PreparedSql sql = door.prepare(caller, new SqlQuestion(ask.sql(), ask.gemeente()));
    try (RowStream rows = door.run(caller, sql, parameters(sql.parameters(), ask.parameters()))) {
      boolean first = rows.advance();
      write(exchange, format, sql.columns(), rows, first, ask.limit());
    }
  }

  private static List<Object> parameters(List<OutputColumn> parameters, List<Object> given) {
    if (given.size() != parameters.size()) {
      throw Failure.of(Code.PARAMETER_COUNT, parameters.size(), given.size());
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Object value = given.get(i);
      values.add(value == null ? null : ParameterValue.of(i + 1, parameters.get(i), value));
    }
    return values;
  }

  /**
   * What fails behind the first rows cuts the connection, as everywhere.
   *
   * @param first whether there is a batch
   */
  private static void write(
      Exchange exchange,
      Format format,
      List<OutputColumn> columns,
      RowStream rows,
      boolean first,
      long limit)
      throws IOException {
    try (OutputStream out = exchange.respond(200, headers(format.contentType()));
        RowsWriter writer = format.writer(out, columns)) {
      long left = limit;
      boolean more = first;
      while (more) {
        int size = rows.batch().getRowCount();
        int taken = (int) Math.min(size, left);
        if (taken > 0) {
          writer.write(rows.batch(), taken);
        }
        left -= taken;
        if (taken < size) {
          break;
        }
        more = rows.advance();
      }
      writer.end(more);
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
  }

  private static Map<String, String> headers(String contentType) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("Cache-Control", "private, no-store");
    return headers;
  }

  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", failure.code().id());
    error.put("sqlState", failure.code().sqlState());
    error.put("message", failure.message(exchange.language()));
    Map<String, String> headers = headers("application/json; charset=utf-8");
    if (failure.code() == Code.METHOD) {
      headers.put("Allow", "POST");
    }
    exchange.respond(
        failure.code().httpStatus(), headers, JSON.writeValueAsBytes(Map.of("error", error)));
  }
}

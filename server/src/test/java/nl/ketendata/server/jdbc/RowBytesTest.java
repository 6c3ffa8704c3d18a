package nl.ketendata.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.junit.jupiter.api.Test;

/** Avatica's own classes are the judge of what is written. */
class RowBytesTest {
  @Test
  void avaticaReadsEveryValueThatIsWritten() throws Exception {
    RowBytes rows = new RowBytes();
    String large = "é漢😀".repeat(50_000);
    for (long number : new long[] {0, -1, 1, 63, 64, Long.MIN_VALUE, Long.MAX_VALUE}) {
      rows.bigint(number);
      rows.integer((int) number);
      rows.real(number / 3.0);
      rows.decimal(BigDecimal.valueOf(number, 2));
      rows.truth(number > 0);
      rows.text(large.substring(0, (int) (number & 0xFF)));
      rows.nothing();
      rows.end();
    }
    rows.text(large);
    rows.end();

    Meta.Frame frame =
        Meta.Frame.fromProto(
            Common.Frame.parseFrom(new SlimFrame(7, true, rows).toProto().toByteArray()));
    assertThat(frame.offset).isEqualTo(7);
    assertThat(frame.done).isTrue();
    List<Object> read = new ArrayList<>();
    frame.rows.forEach(read::add);
    assertThat(read).hasSize(8);
    assertThat(read.get(0))
        .isEqualTo(
            Arrays.asList(0L, 0, 0.0, new BigDecimal("0.00"), false, large.substring(0, 0), null));
    assertThat(read.get(5))
        .isEqualTo(
            Arrays.asList(
                Long.MIN_VALUE,
                0,
                Long.MIN_VALUE / 3.0,
                BigDecimal.valueOf(Long.MIN_VALUE, 2),
                false,
                "",
                null));
    assertThat(read.get(7)).isEqualTo(List.of(large));
  }

  @Test
  void writesWhatAvaticaWritesWithoutItsOldField() throws Exception {
    RowBytes rows = new RowBytes();
    rows.text("a");
    rows.bigint(300);
    rows.nothing();
    rows.end();
    Common.Row row =
        Common.Row.newBuilder()
            .addValue(column(value(Common.Rep.STRING).setStringValue("a")))
            .addValue(column(value(Common.Rep.LONG).setNumberValue(300)))
            .addValue(column(value(Common.Rep.NULL).setNull(true)))
            .build();
    assertThat(new SlimFrame(0, false, rows).toProto().toByteArray())
        .isEqualTo(Common.Frame.newBuilder().addRows(row).build().toByteArray());
  }

  private static Common.TypedValue.Builder value(Common.Rep type) {
    return Common.TypedValue.newBuilder().setType(type);
  }

  private static Common.ColumnValue column(Common.TypedValue.Builder value) {
    return Common.ColumnValue.newBuilder().setScalarValue(value).build();
  }
}

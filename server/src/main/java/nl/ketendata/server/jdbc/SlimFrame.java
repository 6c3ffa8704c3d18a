package nl.ketendata.server.jdbc;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Iterator;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;

/** A frame whose rows are written already; the JSON wire reads them back. */
final class SlimFrame extends Meta.Frame {
  private final RowBytes written;

  SlimFrame(long offset, boolean done, RowBytes written) {
    super(offset, done, () -> read(written));
    this.written = written;
  }

  private static Iterator<Object> read(RowBytes written) {
    try {
      byte[] bytes = proto(written).build().toByteArray();
      return Meta.Frame.fromProto(Common.Frame.parseFrom(bytes)).rows.iterator();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Common.Frame.Builder proto(RowBytes written) {
    return Common.Frame.newBuilder()
        .setUnknownFields(written.asField(Common.Frame.ROWS_FIELD_NUMBER));
  }

  @Override
  public Common.Frame toProto() {
    return proto(written).setOffset(offset).setDone(done).build();
  }
}

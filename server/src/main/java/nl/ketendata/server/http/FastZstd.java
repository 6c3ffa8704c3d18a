package nl.ketendata.server.http;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Zstandard at its fastest ordinary level. */
final class FastZstd extends Packed {
  private static final int LEVEL = 1;

  private final Outlet outlet;
  private final ZstdOutputStreamNoFinalizer packing;
  private boolean released;

  FastZstd(OutputStream out) throws IOException {
    this.outlet = new Outlet(out);
    this.packing = new ZstdOutputStreamNoFinalizer(outlet, LEVEL);
  }

  /**
   * Lets go of what is below it: closing the packer, which frees its memory, also ends the data.
   */
  private static final class Outlet extends FilterOutputStream {
    private boolean shut;

    Outlet(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!shut) {
        out.write(bytes, offset, length);
      }
    }

    @Override
    public void close() {
      shut = true;
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    packing.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    packing.flush();
    outlet.flush();
  }

  @Override
  void finish() throws IOException {
    packing.close();
    released = true;
  }

  @Override
  void release() {
    if (released) {
      return;
    }
    released = true;
    outlet.close();
    try {
      packing.close();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

package nl.ketendata.server.http;

import java.io.IOException;
import java.io.OutputStream;

/** Packs what is written to it. */
abstract class Packed extends OutputStream {

  @Override
  public final void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /** Ends the packed data; the stream below stays open. */
  abstract void finish() throws IOException;

  /** Gives back what it holds, without ending the data: an answer that is cut has no end. */
  abstract void release();
}

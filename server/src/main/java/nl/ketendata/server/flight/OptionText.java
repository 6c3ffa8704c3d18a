package nl.ketendata.server.flight;

import java.util.Optional;
import org.apache.arrow.flight.SessionOptionValueVisitor;

/** A session option that is a text. */
final class OptionText implements SessionOptionValueVisitor<Optional<String>> {
  @Override
  public Optional<String> visit(String value) {
    return Optional.of(value);
  }

  @Override
  public Optional<String> visit(boolean value) {
    return Optional.empty();
  }

  @Override
  public Optional<String> visit(long value) {
    return Optional.empty();
  }

  @Override
  public Optional<String> visit(double value) {
    return Optional.empty();
  }

  @Override
  public Optional<String> visit(String[] value) {
    return Optional.empty();
  }

  @Override
  public Optional<String> visit(Void value) {
    return Optional.empty();
  }
}

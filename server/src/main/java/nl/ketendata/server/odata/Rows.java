package nl.ketendata.server.odata;

import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.uri.Place;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.Answer;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.Scope;

/** What the kinds of answers ask of the door. */
final class Rows {
  private final Door door;
  private final Request request;

  Rows(Door door, Request request) {
    this.door = door;
    this.request = request;
  }

  Answer ask(RowsQuestion question) {
    return door.rows(request.exchange().caller(), request.mounted(), question);
  }

  long count(CountQuestion question) {
    return door.count(request.exchange().caller(), request.mounted(), question);
  }

  /**
   * Keys are unique within a gemeente. Of several gemeenten none may be taken by chance.
   *
   * @throws Failure KD547 when rows of several have a key that the path names
   */
  void requireOneGemeente(Place place) {
    Caller caller = request.exchange().caller();
    Scope scope = request.mounted().scope();
    if (caller.organisation(scope.organisation()).gemeenten(scope.product()).size() == 1) {
      return;
    }
    for (Optional<Place> at = Optional.of(place); at.isPresent(); at = at.get().from()) {
      Place row = at.get();
      if (row.key().isPresent() && count(new CountQuestion(row.type().name(), row.filter())) > 1) {
        String key = row.key().get();
        throw Failure.of(Code.KEY_OF_SEVERAL, key, row.type().name(), row.type().key());
      }
    }
  }

  /**
   * A path through a row that does not exist is not found; asked only when nothing was found behind
   * it, so that it costs nothing in the usual case. (Children whose parent no delivery has brought
   * are therefore found below its key.)
   *
   * @throws Failure KD506 when the row that the path goes through does not exist
   */
  void requireOrigin(Place place) {
    place.from().ifPresent(this::require);
  }

  private void require(Place origin) {
    if (count(new CountQuestion(origin.type().name(), origin.filter())) == 0) {
      throw missing(origin);
    }
  }

  /**
   * The answer for a row that was not found: nothing (204) when a navigation leads nowhere.
   *
   * @throws Failure KD506 when it, or the row that the path goes through, does not exist
   */
  void requireAbsence(Place place) {
    if (place.key().isPresent()) {
      throw missing(place);
    }
    requireOrigin(place);
  }

  static Failure missing(Place place) {
    return Failure.of(Code.NO_SUCH_ENTITY, place.type().name(), place.key().orElse("-"))
        .about(place.type().name());
  }
}

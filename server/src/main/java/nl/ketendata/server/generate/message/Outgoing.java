package nl.ketendata.server.generate.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/**
 * Sends messages that get a return message, and sees to it that they do: mostly in time, sometimes
 * late, now and then never.
 */
final class Outgoing {
  private static final double REJECTED = 0.03;
  private static final double UNANSWERED = 0.015;
  private static final double LATE = 0.03;

  /** Working days until the answer, as often as they occur. */
  private static final List<Integer> IN_TIME = List.of(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3);

  private final World world;
  private final Sheets sheets;
  private final String number;
  private final Sheet main;
  private final Exchange exchange;
  private final Header header;
  private final Returning returning;
  private final List<Verdict> verdicts;
  private final List<Letter.Row> kept = new ArrayList<>();
  private Optional<Verdict> verdict = Optional.empty();
  private String messageId = "";

  /**
   * A child file of the message.
   *
   * @param sheet the file
   * @param key its row key
   * @param message its key of the message
   */
  record Child(Sheet sheet, Cell key, Cell message) {}

  /**
   * @param mainClass the class that most return codes are about
   */
  Outgoing(World world, Sheets sheets, String number, String answer, String mainClass) {
    this.world = world;
    this.sheets = sheets;
    this.number = number;
    main = sheets.main(number);
    exchange = new Exchange(world, main);
    header = new Header(world, main);
    returning = new Returning(world, sheets, number, answer);
    verdicts = new Verdicts(world).of(number, mainClass);
  }

  Sheet main() {
    return main;
  }

  Child child(String dataClass) {
    return child(sheets.child(number, dataClass));
  }

  /** A child file that only one of the products has. */
  Optional<Child> childIfAny(String dataClass) {
    return sheets.childIfAny(number, dataClass).map(Outgoing::child);
  }

  private static Child child(Sheet sheet) {
    return new Child(sheet, sheet.key(), sheet.cell("Bericht_Id"));
  }

  /** Begins a message: exchange and header. */
  void begin(Moment now, String sender, String receiver) {
    messageId = exchange.begin(now, sender, receiver);
    header.fill(now, sender, receiver);
    verdict =
        world.dice().chance(REJECTED) ? Optional.of(world.dice().pick(verdicts)) : Optional.empty();
    kept.clear();
  }

  /**
   * Adds the filled row of a child file.
   *
   * @return its row key
   */
  String add(Child child) {
    String id = world.keys().next();
    child.key().text(id);
    child.message().text(messageId);
    if (verdict.isPresent()) {
      kept.add(new Letter.Row(child.sheet(), child.sheet().values()));
    }
    child.sheet().write();
    return id;
  }

  /**
   * Sends the message.
   *
   * @return the verdict with which it will be rejected, empty when it is accepted
   */
  Optional<Verdict> send(Moment now) {
    Letter letter = new Letter(main.values(), List.copyOf(kept));
    Optional<Verdict> reason = verdict;
    main.write();
    if (!world.dice().chance(UNANSWERED)) {
      world.agenda().answerOn(answerDay(now), later -> returning.send(later, letter, reason));
    }
    return reason;
  }

  private int answerDay(Moment now) {
    Dice dice = world.dice();
    int workdays = dice.chance(LATE) ? dice.between(5, 25) : dice.pick(IN_TIME);
    return Days.plusWorkdays(now.day(), workdays);
  }
}

package nl.ketendata.server.generate.life;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.Dossier;
import nl.ketendata.server.generate.contract.Offer;
import nl.ketendata.server.generate.message.AnswerMessages;
import nl.ketendata.server.generate.message.AssignmentMessages;
import nl.ketendata.server.generate.message.ChangeMessages;
import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** The gemeente's side: assignments are made, changed, ended and deleted. */
final class Assigning {
  private static final double DELETED = 0.02;
  private static final double ENDS_EARLY = 0.22;
  private static final double EXTENDED = 0.24;
  private static final double ADJUSTED = 0.1;
  private static final double CHANGE_ASKED = 0.07;
  private static final int MOST_PER_DOSSIER = 4;

  /** Eight digits. */
  private static final int MOST_VOLUME = 99_999_999;

  private final World world;
  private final Reasons reasons;
  private final Care care;
  private final Changes changes;
  private final AssignmentMessages messages;
  private int numbers;

  Assigning(World world, Sheets sheets, Reasons reasons, Care care, AnswerMessages answers) {
    this.world = world;
    this.reasons = reasons;
    this.care = care;
    messages = new AssignmentMessages(world, sheets);
    changes = new Changes(world, new ChangeMessages(world, sheets), answers, this);
  }

  boolean hasRoom(Dossier dossier, int day) {
    return dossier.current(day).size() < MOST_PER_DOSSIER;
  }

  /** A last day that fits an offer: the end of a month, or none. */
  int drawEnd(Offer offer, int start) {
    if (!offer.ends() && world.dice().chance(0.25)) {
      return Days.OPEN;
    }
    int months = world.dice().pick(List.of(3, 6, 6, 9, 12, 12, 12, 12, 18, 24, 36));
    return Days.lastOfMonth(Days.month(start) + months - 1);
  }

  /** A new assignment, decided now and not sent yet. */
  Assignment make(Moment now, Dossier dossier, Offer offer, int start, int end) {
    Assignment assignment = new Assignment(dossier, offer, ++numbers, start, end);
    assignment.decide(now, world.dice().between(30, 3_000));
    return assignment;
  }

  /** Sends new assignments and lets their life begin. */
  boolean grant(Moment now, Dossier dossier, List<Assignment> assignments) {
    assignments.forEach(dossier::add);
    send(now, dossier, assignments);
    assignments.forEach(assignment -> begin(now, assignment));
    return true;
  }

  /** Sends all that is current for a client with a provider, with what changed (OP087). */
  boolean send(Moment now, Dossier dossier, List<Assignment> changed) {
    Set<Assignment> rows = new LinkedHashSet<>(dossier.current(now.day()));
    rows.addAll(changed);
    if (rows.isEmpty()) {
      return false;
    }
    List<Assignment> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingInt(assignment -> assignment.number()));
    List<Integer> references = sorted.stream().map(assignment -> assignment.reference()).toList();
    if (messages.send(now, dossier, sorted).isPresent()) {
      for (int i = 0; i < sorted.size(); i++) {
        sorted.get(i).honour(references.get(i));
      }
      int again = Days.plusWorkdays(now.day(), world.dice().between(2, 6));
      world.agenda().on(again, later -> sendAgain(later, dossier, changed));
    }
    return true;
  }

  /** A rejected message counts as never sent: what it brought comes once more, as a new version. */
  private boolean sendAgain(Moment now, Dossier dossier, List<Assignment> changed) {
    changed.forEach(assignment -> assignment.decide(now, world.dice().between(10, 1_500)));
    return send(now, dossier, changed);
  }

  private void begin(Moment now, Assignment assignment) {
    Dice dice = world.dice();
    if (dice.chance(DELETED)) {
      int day = Days.plusWorkdays(now.day(), dice.between(2, 15));
      world.agenda().on(day, later -> delete(later, assignment));
      return;
    }
    assignment.provider().declarable().add(assignment);
    int earliest = Math.max(assignment.start(), now.day() - 10);
    int begin = Math.min(earliest + dice.between(0, 25), assignment.end());
    care.planStart(assignment, begin, now.day());
    live(assignment, begin);
  }

  private void live(Assignment assignment, int from) {
    Dice dice = world.dice();
    boolean open = assignment.end() == Days.OPEN;
    int end = open ? from + dice.between(200, 1_100) : assignment.end();
    int span = Math.max(1, end - from);
    double share = dice.share();
    if (open || share < ENDS_EARLY) {
      int stop = from + dice.between(1, span);
      endEarly(assignment, stop, reasons.early(stop));
    } else if (share < ENDS_EARLY + EXTENDED) {
      world.agenda().on(end - dice.between(3, 40), later -> extend(later, assignment));
    } else {
      care.planStop(assignment, end, reasons.planned());
    }
    if (dice.chance(ADJUSTED)) {
      world.agenda().on(from + dice.between(1, span), later -> adjust(later, assignment));
    }
    if (dice.chance(CHANGE_ASKED)) {
      world.agenda().on(from + dice.between(1, span), later -> changes.ask(later, assignment));
    }
  }

  private void endEarly(Assignment assignment, int stop, String reason) {
    care.planStop(assignment, stop, reason);
    int day = Days.plusWorkdays(stop, world.dice().between(3, 15));
    world.agenda().on(day, later -> shorten(later, assignment, stop, reasons.changeAfter(reason)));
  }

  private boolean delete(Moment now, Assignment assignment) {
    assignment.delete(reasons.deletion(now.day()));
    return sendChanged(now, assignment);
  }

  private boolean shorten(Moment now, Assignment assignment, int stop, String reason) {
    int end = Math.max(assignment.start(), stop);
    if (assignment.isDeleted() || assignment.end() <= end) {
      return false;
    }
    assignment.endOn(end);
    return change(now, assignment, reason);
  }

  private boolean extend(Moment now, Assignment assignment) {
    if (assignment.isDeleted() || assignment.isStopped()) {
      return false;
    }
    int months = world.dice().pick(List.of(3, 6, 12, 12));
    assignment.endOn(Days.lastOfMonth(Days.month(assignment.end()) + months));
    live(assignment, now.day());
    return change(now, assignment, Reasons.LONGER);
  }

  /** Another budget keeps the number; another volume gets a new one (IV066). */
  boolean adjust(Moment now, Assignment assignment) {
    if (!assignment.isCurrent(now.day()) || assignment.isStopped()) {
      return false;
    }
    if (assignment.volume() > 0 && assignment.start() < now.day() - 1) {
      return replace(now, assignment);
    }
    int more = assignment.budget() / 10 * world.dice().between(1, 4);
    assignment.assignBudget(assignment.budget() + more);
    return change(now, assignment, reasons.correction(now.day()));
  }

  private boolean replace(Moment now, Assignment old) {
    Assignment successor = make(now, old.dossier(), old.offer(), now.day(), old.end());
    int more = Math.max(1, old.volume() / 4);
    successor.assignVolume(Math.min(MOST_VOLUME, old.volume() + more));
    old.endOn(now.day() - 1);
    old.change(Reasons.SHORTER);
    old.decide(now, 20);
    care.planStop(old, old.end(), Reasons.BY_GEMEENTE);
    old.dossier().add(successor);
    send(now, old.dossier(), List.of(old, successor));
    begin(now, successor);
    return true;
  }

  private boolean change(Moment now, Assignment assignment, String reason) {
    assignment.change(reason);
    return sendChanged(now, assignment);
  }

  private boolean sendChanged(Moment now, Assignment assignment) {
    assignment.decide(now, world.dice().between(10, 1_500));
    return send(now, assignment.dossier(), List.of(assignment));
  }
}

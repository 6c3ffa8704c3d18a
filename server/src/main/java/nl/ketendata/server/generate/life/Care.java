package nl.ketendata.server.generate.life;

import java.util.List;
import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.Dossier;
import nl.ketendata.server.generate.contract.Offer;
import nl.ketendata.server.generate.message.StartMessages;
import nl.ketendata.server.generate.message.StartMessages.Start;
import nl.ketendata.server.generate.message.StopMessages;
import nl.ketendata.server.generate.message.StopMessages.Stop;
import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Event;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** The provider's side: care starts, pauses and stops, and most of it is reported. */
final class Care {
  private static final double NEVER_REPORTED = 0.06;
  private static final double LATE = 0.08;
  private static final double WRONG_START = 0.03;
  private static final double WRONG_STOP = 0.04;
  private static final double PAUSE = 0.06;

  private final World world;
  private final StartMessages starts;
  private final StopMessages stops;
  private final Reasons reasons;

  Care(World world, Sheets sheets, Reasons reasons) {
    this.world = world;
    this.reasons = reasons;
    starts = new StartMessages(world, sheets);
    stops = new StopMessages(world, sheets);
  }

  /** Lets care begin on a day, and have it reported. */
  void planStart(Assignment assignment, int begin, int today) {
    assignment.beginCare(begin);
    if (world.dice().chance(NEVER_REPORTED)) {
      return;
    }
    Event event =
        world.dice().chance(WRONG_START)
            ? now -> startWrongly(now, assignment, begin)
            : now -> start(now, assignment, begin);
    world.agenda().on(reportDay(Math.max(begin, today)), event);
    if (world.dice().chance(PAUSE)) {
      int pause = begin + world.dice().between(25, 150);
      world.agenda().on(reportDay(pause), now -> pause(now, assignment, pause));
    }
  }

  /** Lets care stop on a day, and have it reported. */
  void planStop(Assignment assignment, int end, String reason) {
    Event event =
        world.dice().chance(WRONG_STOP)
            ? now -> stopWrongly(now, assignment, end, reason)
            : now -> stop(now, assignment, end, reason);
    world.agenda().on(reportDay(end), event);
  }

  /** Reports care without an assignment: task-oriented. */
  boolean startTask(Moment now, Dossier dossier, Offer offer) {
    int begin = now.day() - world.dice().between(0, 6);
    Assignment task = new Assignment(dossier, offer, 0, begin, Days.OPEN);
    task.beginCare(begin);
    planStop(task, now.day() + world.dice().between(20, 300), reasons.planned());
    return start(now, task, begin);
  }

  private int reportDay(int day) {
    boolean late = world.dice().chance(LATE);
    return Days.plusWorkdays(day, late ? world.dice().between(6, 40) : world.dice().between(1, 5));
  }

  private boolean start(Moment now, Assignment assignment, int begin) {
    if (!isOpen(assignment)) {
      return false;
    }
    send(now, assignment, List.of(new Start(assignment, begin, StartMessages.FIRST)));
    return true;
  }

  private void send(Moment now, Assignment assignment, List<Start> rows) {
    Start last = rows.get(rows.size() - 1);
    assignment.reportStart(last.begin());
    if (starts.send(now, assignment.dossier(), rows).isPresent()) {
      int again = Days.plusWorkdays(now.day(), world.dice().between(3, 8));
      world.agenda().on(again, later -> start(later, assignment, last.begin()));
    }
  }

  private boolean startWrongly(Moment now, Assignment assignment, int begin) {
    int wrong = begin - world.dice().between(1, 9);
    if (!start(now, assignment, wrong)) {
      return false;
    }
    int corrected = Days.plusWorkdays(now.day(), world.dice().between(3, 12));
    world.agenda().on(corrected, later -> correctStart(later, assignment, wrong, begin));
    return true;
  }

  private boolean correctStart(Moment now, Assignment assignment, int wrong, int begin) {
    if (!isOpen(assignment) || assignment.begin() != wrong) {
      return false;
    }
    Start delete = new Start(assignment, wrong, StartMessages.DELETE);
    send(now, assignment, List.of(delete, new Start(assignment, begin, StartMessages.FIRST)));
    return true;
  }

  private boolean pause(Moment now, Assignment assignment, int last) {
    if (!isOpen(assignment) || !assignment.isStartReported() || assignment.lastDay() <= last) {
      return false;
    }
    send(
        now,
        new Stop(assignment, assignment.begin(), last, Reasons.TEMPORARY, StartMessages.FIRST));
    int restart = last + world.dice().between(14, 60);
    world.agenda().on(reportDay(restart), later -> restart(later, assignment, restart));
    return true;
  }

  private boolean restart(Moment now, Assignment assignment, int begin) {
    return assignment.lastDay() > begin && start(now, assignment, begin);
  }

  private boolean stop(Moment now, Assignment assignment, int end, String reason) {
    if (!isOpen(assignment)) {
      return false;
    }
    assignment.stopCare(end);
    if (!assignment.isStartReported() || world.dice().chance(NEVER_REPORTED)) {
      return false;
    }
    send(now, stopOf(assignment, reason, StartMessages.FIRST));
    return true;
  }

  private boolean stopWrongly(Moment now, Assignment assignment, int end, String reason) {
    if (!stop(now, assignment, end, reason)) {
      return false;
    }
    int deleted = Days.plusWorkdays(now.day(), world.dice().between(2, 10));
    Stop delete = stopOf(assignment, reason, StartMessages.DELETE);
    world.agenda().on(deleted, later -> correctStop(later, delete));
    return true;
  }

  /** Takes a stop back; a day later comes the right one. */
  private boolean correctStop(Moment now, Stop delete) {
    Assignment assignment = delete.assignment();
    send(now, delete);
    assignment.resumeCare();
    int right = delete.end() + world.dice().between(1, 14);
    int day = Days.plusWorkdays(now.day(), 1);
    world.agenda().on(day, later -> stop(later, assignment, right, delete.reason()));
    return true;
  }

  private static Stop stopOf(Assignment assignment, String reason, String status) {
    return new Stop(assignment, assignment.begin(), assignment.stop(), reason, status);
  }

  private void send(Moment now, Stop stop) {
    Dossier dossier = stop.assignment().dossier();
    if (stops.send(now, dossier, List.of(stop)).isPresent()) {
      int again = Days.plusWorkdays(now.day(), world.dice().between(3, 8));
      world.agenda().on(again, later -> sendAgain(later, stop));
    }
  }

  private boolean sendAgain(Moment now, Stop stop) {
    send(now, stop);
    return true;
  }

  private static boolean isOpen(Assignment assignment) {
    return !assignment.isDeleted() && !assignment.isStopped();
  }
}

package nl.ketendata.server.generate.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is due on which day. What a day has no room for waits for the next. */
public final class Agenda {
  private final int last;
  private final Map<Integer, List<Event>> answers = new HashMap<>();
  private final Map<Integer, List<Event>> events = new HashMap<>();
  private final Deque<Event> dueAnswers = new ArrayDeque<>();
  private final Deque<Event> due = new ArrayDeque<>();
  private int today;

  public Agenda(int first, int last) {
    this.today = first;
    this.last = last;
  }

  /** Plans something; what lies beyond the end is forgotten. */
  public void on(int day, Event event) {
    plan(events, due, day, event);
  }

  /** Plans an answer to a message: it goes before all else of its day, since it has a deadline. */
  public void answerOn(int day, Event event) {
    plan(answers, dueAnswers, day, event);
  }

  private void plan(Map<Integer, List<Event>> plans, Deque<Event> open, int day, Event event) {
    if (day >= last) {
      return;
    }
    if (day <= today) {
      open.add(event);
      return;
    }
    plans.computeIfAbsent(day, any -> new ArrayList<>()).add(event);
  }

  public void begin(int day) {
    today = day;
    dueAnswers.addAll(planned(answers, day));
    due.addAll(planned(events, day));
  }

  private static List<Event> planned(Map<Integer, List<Event>> plans, int day) {
    return Optional.ofNullable(plans.remove(day)).orElse(List.of());
  }

  public Optional<Event> next() {
    return Optional.ofNullable(dueAnswers.isEmpty() ? due.poll() : dueAnswers.poll());
  }
}

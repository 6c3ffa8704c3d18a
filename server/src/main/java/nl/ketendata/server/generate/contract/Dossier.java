package nl.ketendata.server.generate.contract;

import java.util.ArrayList;
import java.util.List;

/** One client with one provider. */
public final class Dossier {
  private final int client;
  private final Provider provider;
  private final List<Assignment> assignments = new ArrayList<>(2);

  public Dossier(int client, Provider provider) {
    this.client = client;
    this.provider = provider;
  }

  /** The number of the person. */
  public int client() {
    return client;
  }

  public Provider provider() {
    return provider;
  }

  public void add(Assignment assignment) {
    assignments.add(assignment);
  }

  /** The assignments that are current on a day; those that are over are forgotten. */
  public List<Assignment> current(int day) {
    assignments.removeIf(assignment -> !assignment.isCurrent(day));
    return assignments;
  }
}

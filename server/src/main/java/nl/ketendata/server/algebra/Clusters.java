package nl.ketendata.server.algebra;

import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.tools.RelBuilder;

/** What a tree is built in. The planner in it never plans; Calcite wants one to hold traits. */
final class Clusters {
  private Clusters() {}

  static RelOptCluster create() {
    VolcanoPlanner planner = new VolcanoPlanner();
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    return RelOptCluster.create(planner, new BoundedRex(new Types(Effort.ofOneStatement())));
  }

  /** Writes what it is told: it neither simplifies nor prunes. */
  static RelBuilder builder(RelOptCluster cluster) {
    return RelFactories.LOGICAL_BUILDER
        .create(cluster, null)
        .transform(
            config ->
                config
                    .withSimplify(false)
                    .withSimplifyLimit(false)
                    .withPruneInputOfAggregate(false)
                    .withBloat(-1));
  }
}

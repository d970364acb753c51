package io.purser.agent.run;

/** The parts that the loop joins, each with one job. */
record AgentParts(
        Leases leases,
        Exchanges exchanges,
        TargetSet targets,
        Delivery delivery,
        SecretBook book,
        StateFile stateFile,
        RefreshFile refreshFile,
        TokenSink sink,
        Announcer announcer,
        Ending ending,
        StatusBoard status,
        Reporting reporting) {}

package io.purser.planted.webhook.plan;

import io.purser.planted.agent.lease.ReadsAFile;

/** The webhook using more of the agent than its contract. */
public record UsesTheLease(ReadsAFile lease) {}

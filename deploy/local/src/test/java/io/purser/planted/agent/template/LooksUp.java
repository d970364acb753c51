package io.purser.planted.agent.template;

import io.purser.planted.agent.lease.ReadsTheClock;

/** A template that knows the lease above it. */
public record LooksUp(ReadsTheClock above) {}

package io.purser.planted.agent.run;

import io.vertx.core.Vertx;

/** A server library in the pod. */
public record UsesVertx(Vertx vertx) {}

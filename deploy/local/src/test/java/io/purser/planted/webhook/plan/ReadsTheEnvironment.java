package io.purser.planted.webhook.plan;

/** A pure class that reads the environment. */
public final class ReadsTheEnvironment {

    String home() {
        return System.getenv("HOME");
    }
}

package io.purser.certs.rotation;

/** What the writer does next. Each step is one write with a precondition; after it, everything is read again. */
public sealed interface Step {
    /** All is as it should be, or the next step's time has not come. */
    record Rest() implements Step {}

    /**
     * Write the Secret.
     *
     * @param state its new content
     * @param reason why, for the log
     */
    record Save(TrustState state, String reason) implements Step {}

    /**
     * Write the caBundle of every webhook of the configuration.
     *
     * @param caBundle PEM
     * @param reason why, for the log
     */
    record Publish(String caBundle, String reason) implements Step {}
}

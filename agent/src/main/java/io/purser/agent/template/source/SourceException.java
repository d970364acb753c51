package io.purser.agent.template.source;

/**
 * A source of a template (store, file, environment) could not answer. A {@link TemplateContext} throws it or a subclass; it
 * passes through the engine untouched, so that the caller can tell an absent secret from a broken template. Its message
 * names the request, never a value.
 */
public class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates it with one sentence that names the request and the reason. */
    public SourceException(String message) {
        super(message);
    }

    /** Creates it with one sentence that names the request and the reason, and what caused it. */
    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.purser.agent.template.function;

import io.purser.agent.template.source.TemplateContext;
import org.jspecify.annotations.Nullable;

/** What a function may use of the rendering that calls it. */
public interface Session {

    /** Secrets, files, environment and time. */
    TemplateContext context();

    /** The values that templates of this rendering share. */
    Scratch scratch();

    /** Renders a defined template to text, with that dot. */
    String execute(String template, @Nullable Object dot);
}

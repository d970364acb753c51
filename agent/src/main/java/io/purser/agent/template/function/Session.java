package io.purser.agent.template.function;

import io.purser.agent.template.source.TemplateContext;
import org.jspecify.annotations.Nullable;

/** What a function may use of the rendering that calls it. */
public interface Session {

    /** Secrets, files, environment and time. */
    TemplateContext context();

    /** The values that templates of this rendering share. */
    Scratch scratch();

    /** Counts work that takes long as so many steps of the rendering. */
    void spend(int steps);

    /** Renders a defined template to text, with that dot. */
    String execute(String template, @Nullable Object dot);
}

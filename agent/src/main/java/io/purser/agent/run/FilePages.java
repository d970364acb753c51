package io.purser.agent.run;

/**
 * Gives back the pages of the Java runtime's own files that the process has mapped and not changed. A start touches nearly all of the
 * runtime's code and archive of classes, the rounds after it a third. The pages stay in the page cache, from where those that
 * are used again come back one by one; the distribution brings the library for it ({@code purser-pages.c}).
 */
final class FilePages {

    /** Where the library is; set by the distribution's launcher. */
    private static final String PROPERTY = "purser.pages";

    private static final boolean THERE = load();

    private FilePages() {}

    /**
     * Takes a few milliseconds.
     *
     * @return the kibibytes that were given back; 0 without the distribution
     */
    static long giveBack() {
        return THERE ? drop() : 0;
    }

    private static boolean load() {
        String library = System.getProperty(PROPERTY);
        if (library == null) {
            return false;
        }
        try {
            System.load(library);
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false; // an agent that is heavier than it could be still works
        }
    }

    private static native long drop();
}

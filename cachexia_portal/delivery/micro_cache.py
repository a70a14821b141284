def micro_cached(application):
    return application

import logging
logging.debug('here')
